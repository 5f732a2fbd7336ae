import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ClosingCheck } from '#reports';
import { EventDto } from '../dto/events.js';
import { BookSummaryDto } from '../dto/figures.js';
import { Day, Item, Items, OneOf, Percent, Yuan } from '../dto/shown.js';

export class ProjectExecutionDto {
  @ApiProperty() project: string;
  @ApiProperty() name: string;
  @ApiProperty() category: string;
  @Yuan() fullYearBudget: string;
  @Yuan() expenditure: string;
  @Percent() rate: string;
}

/** A direct allocation that the recipient has not acknowledged in full. */
export class UnacknowledgedDto {
  @ApiProperty() index: number;
  @ApiProperty({ description: 'the id of its command' }) allocation: string;
  @ApiProperty() recipient: string;
  @ApiProperty() document: string;
  @Day() date: string;
  @Yuan() amount: string;
  @Yuan() open: string;
  @ApiProperty({ description: 'since the business date of the allocation' }) ageDays: number;
}

export class CheckDto implements Omit<ClosingCheck, 'sentence'> {
  @OneOf(['decision', 'reservations', 'direct-allocations', 'footing'])
  check: ClosingCheck['check'];
  @ApiProperty() holds: boolean;
  @ApiProperty({ description: 'the ledger refuses the close' }) blocks: boolean;
  @ApiProperty() message: string;
}

export class WaitingDto {
  @ApiProperty() open: number;
  @ApiPropertyOptional() oldestDays?: number;
}

export class OverviewDto {
  @ApiProperty() logSize: number;
  @Item(BookSummaryDto) book: BookSummaryDto;
  /** Today, or the last day of a year that is over. */
  @Day() asOf: string;
  @Percent() timeGonePercent: string;
  @Percent() executionPercent: string;
  @Yuan() fullYearBudget: string;
  @Yuan() expenditure: string;
  @Yuan() executable: string;
  @Items(ProjectExecutionDto) projects: ProjectExecutionDto[];
  @Items(UnacknowledgedDto) unacknowledged: UnacknowledgedDto[];
  @Item(WaitingDto) waiting: WaitingDto;
  /** Newest first. */
  @Items(EventDto) recent: EventDto[];
  @Items(CheckDto) findings: CheckDto[];
}
