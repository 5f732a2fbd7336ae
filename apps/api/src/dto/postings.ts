import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsOptional } from 'class-validator';
import { Amount, CalendarDate, ListOf, Nested, Text, Whole } from './fields.js';
import {
  CarryoverLineDto,
  DocumentDto,
  IndicatorDto,
  LineDto,
  PaymentLineDto,
  RecipientDto,
  RemainderDto,
} from './lines.js';

/** Bodies of postings: the commands of docs/manual.md without command, id, unit and fiscal year. */
class Posting {
  @CalendarDate() date: string;
}

export class BookDto extends Posting {
  @Text('430203-208001') unit: string;
  @Whole(2023) fiscalYear: number;
  @Text('株洲市芦淞区退役军人事务局') unitName: string;
  @Text('行政单位', false) unitKind?: string;
  @Text('430203') divisionCode: string;
  @Text('株洲市芦淞区') divisionName: string;
  @Text('CNY', false) currency?: string;
}

export class ProjectDto extends Posting {
  @Text('YF') project: string;
  @Text('优抚经费') name: string;
  @Text('project') category: string;
  @Text('2080899') function: string;
  @Whole(2025, false) endsFiscalYear?: number;
}

export class CarryoverDto extends Posting {
  @Nested(() => DocumentDto) document: DocumentDto;
  @Whole(2022) fromFiscalYear: number;
  @ListOf(() => CarryoverLineDto) lines: CarryoverLineDto[];
}

export class AppropriationDto extends Posting {
  @Nested(() => DocumentDto) document: DocumentDto;
  @ListOf(() => LineDto) lines: LineDto[];
}

/** An adjustment, or a transfer whose lines sum to zero. */
export class AdjustmentDto extends AppropriationDto {
  @Text('优抚对象提标') reason: string;
}

export class DirectAllocationDto extends AdjustmentDto {
  @Nested(() => RecipientDto) recipient: RecipientDto;
}

export class AcknowledgementDto extends Posting {
  @Text('the id of the direct allocation') allocation: string;
  @Amount() amount: string;
  @CalendarDate(false) acknowledgedOn?: string;
  @Nested(() => DocumentDto, false) document?: DocumentDto;
}

export class ReservationDto extends AdjustmentDto {
  @Text('物业公司', false) counterparty?: string;
}

export class ReleaseDto extends Posting {
  @Text('the id of the reservation') reservation: string;
  @Text('合同减少') reason: string;
  @ListOf(() => LineDto) lines: LineDto[];
}

export class PaymentDto extends Posting {
  @Text('定期优抚对象') payee: string;
  @Text('记-118', false) voucher?: string;
  @Nested(() => DocumentDto, false) document?: DocumentDto;
  @Text('六月份发放', false) reason?: string;
  @Text('the id of a reservation', false) reservation?: string;
  @Amount(false) procurement?: string;
  @ListOf(() => PaymentLineDto) lines: PaymentLineDto[];
}

export class RefundDto extends Posting {
  @Text('the id of the payment') payment: string;
  @Text('退回重复发放') reason: string;
  @Text('记-130', false) voucher?: string;
  @Nested(() => DocumentDto, false) document?: DocumentDto;
  @Amount(false) procurement?: string;
  @ListOf(() => PaymentLineDto) lines: PaymentLineDto[];
}

export class ReversalDto extends Posting {
  @Text('the id of the entry') entry: string;
  @Text('记错') reason: string;
  @Nested(() => DocumentDto, false) document?: DocumentDto;
}

export class StatisticDto extends Posting {
  @Text('headcount.actual') key: string;
  @Text('7', false) count?: string;
  @Amount(false) amount?: string;
  @Text('严控业务工作经费', false) text?: string;
}

export class PriorYearFigureDto {
  @Text('expenditure') measure: string;
  @Text('YF', false) project?: string;
  @Text('general-public-budget', false) fund?: string;
  @ApiPropertyOptional({ type: [String] }) @IsArray() @IsOptional() economic?: string[];
  @Amount() amount: string;
}

export class PriorYearDto extends Posting {
  @Whole(2022) priorFiscalYear: number;
  @Text('2022年度决算数') reason: string;
  @ListOf(() => PriorYearFigureDto) figures: PriorYearFigureDto[];
}

export class IndicatorsDto extends Posting {
  @Text('10') executionWeight: string;
  @Text('组织实施全区退役军人服务保障', false) goal?: string;
  @ListOf(() => IndicatorDto) indicators: IndicatorDto[];
}

export class IndicatorResultDto extends Posting {
  @Text('I01') indicator: string;
  @Text('约10000人') actual: string;
  @Text('10') score: string;
  @Text('偏差原因', false) reason?: string;
}

export class ExecutionScoreDto extends Posting {
  @Text('9') score: string;
  @Text('人工评分', false) reason?: string;
  @Text('确保群体稳定', false) outcome?: string;
}

export class ClosingDto extends Posting {
  @Text('年终结账') reason: string;
  @ListOf(() => RemainderDto) carryover: RemainderDto[];
}

export class ReopeningDto extends Posting {
  @Text('补记一笔支出') reason: string;
}

export class PublicationDto extends Posting {
  @Text('annex-3') report: string;
  @Text('64 hex digits of SHA-256') figuresHash: string;
  @Whole(44) logSize: number;
  @Text('a signed checkpoint', false) checkpoint?: string;
}
