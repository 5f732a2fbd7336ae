import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The answer to a posting. */
export class RecordedDto {
  @ApiProperty() index: number;
  @ApiProperty() revision: number;
  @ApiProperty() position: number;
  @ApiProperty() id: string;
  @ApiProperty() type: string;
  @ApiProperty() date: string;
  @ApiProperty() recordedAt: string;
  @ApiProperty() actor: string;
  @ApiPropertyOptional() approvedBy?: string;
  @ApiProperty() commandId: string;
  @ApiProperty({ type: Object }) data: object;
}

export class ProblemErrorDto {
  @ApiProperty() pointer: string;
  @ApiProperty() code: string;
  @ApiProperty() message: string;
}

/** RFC 9457 problem details. */
export class ProblemDto {
  @ApiProperty() type: string;
  @ApiProperty() title: string;
  @ApiProperty() status: number;
  @ApiProperty() detail: string;
  @ApiProperty() code: string;
  @ApiPropertyOptional({ type: [ProblemErrorDto] }) errors?: ProblemErrorDto[];
}
