import { Controller, Get, Header } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  CATEGORIES,
  COMMAND_NAMES,
  ECONOMIC_CODES,
  FUNCTION_CODES,
  FUNDS,
  MEASURES,
  ORIGINS,
  REMAINDER_KINDS,
} from '#domain';
import { REPORTS } from '#reports';
import { Policy } from '../access/policy.js';
import { ReportEntryDto } from '../dto/reports.js';
import { Items, Texts } from '../dto/shown.js';
import { DescribesQuestion } from '../http/describes.js';
import { TakesQuery } from '../http/takes-query.js';

class CodeDto {
  @ApiProperty() code: string;
  @ApiProperty() zh: string;
  @ApiProperty() en: string;
}

class ClassificationsDto {
  @Items(CodeDto) functions: CodeDto[];
  @Items(CodeDto) economics: CodeDto[];
  @Items(CodeDto) funds: CodeDto[];
  @Items(CodeDto) origins: CodeDto[];
  @Items(CodeDto) categories: CodeDto[];
  @Items(CodeDto) remainderKinds: CodeDto[];
  @Items(CodeDto) measures: CodeDto[];
  @Items(ReportEntryDto) reports: ReportEntryDto[];
  @Texts() commands: string[];
}

const codesOf = (names: Readonly<Record<string, { zh: string; en: string }>>): CodeDto[] =>
  Object.entries(names).map(([code, { zh, en }]) => ({ code, zh, en }));

const ALL: ClassificationsDto = {
  functions: [...FUNCTION_CODES],
  economics: [...ECONOMIC_CODES],
  funds: codesOf(FUNDS),
  origins: codesOf(ORIGINS),
  categories: codesOf(CATEGORIES),
  remainderKinds: codesOf(REMAINDER_KINDS),
  measures: codesOf(MEASURES),
  reports: [...REPORTS],
  commands: [...COMMAND_NAMES],
};

/** Every closed list of the ledger with its names in both languages. */
@ApiTags('classifications')
@Controller('classifications')
export class ClassificationsController {
  @Get()
  @Policy('follow-books')
  @Header('cache-control', 'private, max-age=3600')
  @TakesQuery()
  @DescribesQuestion({ description: 'codes, measures and reports', type: ClassificationsDto })
  all(): ClassificationsDto {
    return ALL;
  }
}
