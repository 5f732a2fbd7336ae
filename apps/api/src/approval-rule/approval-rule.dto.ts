import { ApiProperty } from '@nestjs/swagger';
import { Amount, Whole } from '../dto/fields.js';
import { Day, Item, Items, Yuan } from '../dto/shown.js';

export class ApprovalRuleBodyDto {
  @Amount() threshold: string;
  @Whole(7) windowDays: number;
}

/** Above the threshold another person must approve; below it, what one person splits within the window. */
export class RuleDto {
  @Yuan() threshold: string;
  @ApiProperty({ description: 'days before and after, by business date' }) windowDays: number;
}

/** A rule as it was set. */
export class RuleSetDto extends RuleDto {
  @ApiProperty({ description: 'of the log' }) index: number;
  @Day() date: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
  @ApiProperty() actor: string;
}

export class ApprovalRuleDto {
  @Item(RuleDto) rule: RuleDto;
  /** Newest first, the rule in force among them; of very many the newest. None: it is what books begin with. */
  @Items(RuleSetDto) history: RuleSetDto[];
}
