import { Amount, CalendarDate, Text, Whole } from './fields.js';

export class DocumentDto {
  @Text('株芦财预〔2023〕15号') number: string;
  @CalendarDate() date: string;
}

export class LineDto {
  @Text('YF') project: string;
  @Text('general-public-budget') fund: string;
  @Text('current') origin: string;
  @Text('2080899', false) function?: string;
  @Text('30304', false) economic?: string;
  @Amount() amount: string;
}

export class PaymentLineDto {
  @Text('YF') project: string;
  @Text('general-public-budget') fund: string;
  @Text('current') origin: string;
  @Text('2080899', false) function?: string;
  @Text('30304') economic: string;
  @Amount() amount: string;
}

export class CarryoverLineDto extends LineDto {
  @Whole(2022, false) sourceFiscalYear?: number;
}

export class RemainderDto {
  @Text('YF') project: string;
  @Text('general-public-budget') fund: string;
  @Text('carryover') origin: string;
  @Amount() amount: string;
  @Text('carry-forward', false) kind?: string;
  @Text('财政批准继续使用', false) reason?: string;
}

export class RecipientDto {
  @Text('430203-jd') code: string;
  @Text('镇（街道）') name: string;
}

export class IndicatorDto {
  @Text('I01') code: string;
  @Text('产出指标') level1: string;
  @Text('数量指标') level2: string;
  @Text('根据我区优抚对象人数发放') level3: string;
  @Text('约10000人') target: string;
  @Text('10') weight: string;
}
