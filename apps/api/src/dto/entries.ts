import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EventDto } from './events.js';
import { Item, Items, Yuan } from './shown.js';

export class LineLeftDto {
  @ApiProperty() project: string;
  @ApiProperty() fund: string;
  @ApiProperty() origin: string;
  @ApiProperty() function: string;
  @ApiPropertyOptional() economic?: string;
  @Yuan() posted: string;
  @Yuan() left: string;
}

export class EntryLeftDto {
  @Yuan() total: string;
  @Yuan() procurement: string;
  /** None of a direct allocation, of which sums are acknowledged and not lines. */
  @Items(LineLeftDto) lines: LineLeftDto[];
}

/** One posting, and how it stands now. */
export class EntryDto {
  @Item(EventDto) event: EventDto;
  @ApiPropertyOptional({ description: 'the name of the payee, where it is known' }) payee?: string;
  /** What refunds, releases or acknowledgements may still take; of other postings and reversed ones absent. */
  @Item(EntryLeftDto, false) left?: EntryLeftDto;
  @ApiPropertyOptional({ description: 'the id of the reversal' }) reversedBy?: string;
}
