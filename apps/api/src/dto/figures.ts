import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BookLine, LineFigures, MeasureAnswer } from '#projections';
import type { Category, Fund, Origin } from '#domain';
import { Day, Indices, Item, Items, Percent, Yuan } from './shown.js';

/** The moment that was asked for. */
export class AsOfDto {
  @Day(false) from?: string;
  @Day(false) to?: string;
  @ApiPropertyOptional() knownAt?: number;
}

export class MeasureDto implements MeasureAnswer {
  @ApiProperty() measure: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) scope: Record<string, unknown>;
  @ApiProperty() exact: string;
  @ApiPropertyOptional() tenThousand?: string;
  @ApiPropertyOptional() percent?: string;
  @ApiPropertyOptional() score?: string;
  @Indices() events: number[];
  @ApiProperty() logSize: number;
}

export class LineFiguresDto implements LineFigures {
  @Yuan() initialBudget: string;
  @Yuan() midYearAdjustment: string;
  @Yuan() directAllocation: string;
  @Yuan() carryoverIn: string;
  @Yuan() fullYearBudget: string;
  @Yuan() reserved: string;
  @Yuan() expenditure: string;
  @Yuan() executable: string;
  @Yuan() unreleased: string;
  @Percent() executionRate: string;
  /** Of `executable`, what open proposals keep from others; only where no moment was asked for. */
  @Yuan(false) held?: string;
}

export class BookLineDto extends LineFiguresDto implements BookLine {
  @ApiProperty() project: string;
  @ApiProperty() projectName: string;
  @ApiProperty({ type: String }) category: Category;
  @ApiProperty({ type: String }) fund: Fund;
  @ApiProperty({ type: String }) origin: Origin;
  @ApiProperty() function: string;
}

export class BookSummaryDto {
  @ApiProperty() unit: string;
  @ApiProperty() fiscalYear: number;
  @ApiProperty() unitName: string;
  @ApiProperty() divisionName: string;
  @ApiProperty({ enum: ['open', 'closed'] }) status: 'open' | 'closed';
}

export class BooksDto {
  @Items(BookSummaryDto) books: BookSummaryDto[];
}

/** A project that is registered, with or without lines. */
export class ProjectEntryDto {
  @ApiProperty() project: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: String }) category: Category;
  /** The functional code of its lines, which a posting may override. */
  @ApiProperty() function: string;
}

export class LinesDto {
  @ApiProperty() logSize: number;
  @Item(AsOfDto) asOf: AsOfDto;
  @Item(BookSummaryDto) book: BookSummaryDto;
  @Item(LineFiguresDto) totals: LineFiguresDto;
  @Items(BookLineDto) lines: BookLineDto[];
  /** In the order of their registration. */
  @Items(ProjectEntryDto) projects: ProjectEntryDto[];
}
