import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Day, Item, Items, Texts, Yuan } from './shown.js';

/** An event as `eventJson` gives it. */
export class EventDto {
  @ApiProperty() index: number;
  @ApiPropertyOptional() unit?: string;
  @ApiPropertyOptional() fiscalYear?: number;
  @ApiProperty() stream: string;
  @ApiProperty() revision: number;
  @ApiProperty() id: string;
  @ApiProperty() type: string;
  @Day() date: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
  @ApiProperty() actor: string;
  @ApiProperty({ type: String, nullable: true }) approvedBy: string | null;
  @ApiProperty() commandId: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data: Record<string, unknown>;
}

class OfBookDto {
  @ApiProperty() logSize: number;
  @ApiProperty({ description: 'events that the book has, among the known ones' }) total: number;
  @ApiPropertyOptional({
    description: 'the index from which (of newest first: to which) to read on',
  })
  next?: number;
}

export class EventsDto extends OfBookDto {
  @Items(EventDto) events: EventDto[];
}

export class MatchesDto extends OfBookDto {
  @ApiProperty({ type: [Number], description: 'revisions of the book, in the order asked for' })
  revisions: number[];
}

export class RunningFiguresDto {
  @Yuan() fullYearBudget: string;
  @Yuan() executable: string;
  @Yuan() unreleasedCarryover: string;
  @Yuan() reserved: string;
  @Yuan() expenditure: string;
  @Yuan() carryoverOut: string;
}

export class ReplayedEventDto extends EventDto {
  @Item(RunningFiguresDto) figures: RunningFiguresDto;
}

export class ReplayDto {
  @Items(ReplayedEventDto) events: ReplayedEventDto[];
  @ApiPropertyOptional() next?: number;
}

/** An event byte for byte as it is hashed; of a unit out of scope its leaf alone, hex. */
export class LogEntryDto {
  @ApiProperty() index: number;
  @ApiPropertyOptional() envelope?: string;
  @ApiPropertyOptional() payload?: string;
  @ApiPropertyOptional() leaf?: string;
}

export class LogEntriesDto {
  @Items(LogEntryDto) entries: LogEntryDto[];
  @ApiProperty() logSize: number;
  @ApiPropertyOptional() next?: number;
}

/** Hashes are hex. */
export class InclusionDto {
  @ApiProperty() index: number;
  @ApiProperty() size: number;
  @Texts() proof: string[];
  @ApiProperty() root: string;
}

export class ConsistencyDto {
  @ApiProperty() from: number;
  @ApiProperty() to: number;
  @Texts() proof: string[];
  @ApiProperty() root: string;
}
