import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsOptional } from 'class-validator';
import { ProblemErrorDto } from '../dto/answers.js';
import { CalendarDate, Text } from '../dto/fields.js';
import { RemainderDto } from '../dto/lines.js';
import { FormDto, ReportDto } from '../dto/reports.js';
import { Day, Item, Items, Yuan } from '../dto/shown.js';
import { CheckDto } from '../overview/overview.dto.js';

/** How the close is to be, where not as the rule proposes; the ledger's gate judges what stands here. */
export class ClosingWishesDto {
  @CalendarDate(false) date?: string;
  @Text('年终结账', false) reason?: string;
  @ApiPropertyOptional({ type: () => RemainderDto, isArray: true })
  @IsArray()
  @IsOptional()
  carryover?: RemainderDto[];
}

export class TreatmentDto {
  @Yuan(false) 'carry-forward'?: string;
  @Yuan(false) surplus?: string;
  @Yuan(false) recovery?: string;
}

export class LineRemainderDto {
  @ApiProperty() project: string;
  @ApiProperty() fund: string;
  @ApiProperty() origin: string;
  @Yuan() amount: string;
  @Yuan() executable: string;
  @Yuan() unreleased: string;
  @Yuan() reserved: string;
  @Item(TreatmentDto) proposed: TreatmentDto;
}

export class ClosingCommandDto {
  @ApiProperty({ enum: ['close-year'] }) command: 'close-year';
  @ApiProperty() id: string;
  @ApiProperty() unit: string;
  @ApiProperty() fiscalYear: number;
  @Day() date: string;
  @ApiProperty() reason: string;
  @Items(RemainderDto) carryover: RemainderDto[];
}

export class RefusalDto {
  @ApiProperty() code: string;
  @ApiProperty() message: string;
  @Items(ProblemErrorDto, false) errors?: ProblemErrorDto[];
}

export class ClosingRehearsalDto {
  @Item(ClosingCommandDto) command: ClosingCommandDto;
  @Items(LineRemainderDto) remainders: LineRemainderDto[];
  @Items(CheckDto) checks: CheckDto[];
  @Item(RefusalDto, false) refusal?: RefusalDto;
  @Items(ReportDto) reports: ReportDto[];
  /** The same reports as they are drawn. */
  @Items(FormDto) forms: FormDto[];
}
