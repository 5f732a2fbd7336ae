import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type {
  Align,
  AmountUnit,
  CellDifference,
  Cell,
  Column,
  Form,
  FormRow,
  FormTable,
  JsonReport,
  Lang,
  ReportEntry,
  ReportKind,
  RowHeader,
  RowKind,
} from '#reports';
import { EventDto } from './events.js';
import { AsOfDto } from './figures.js';
import { ByName, Indices, Item, Items, OneOf, Texts, Yuan } from './shown.js';

const ALIGNS = ['left', 'center', 'right'];

/** A cell as scripts get it. */
export class CellDto {
  @ApiProperty() exact: string;
  @ApiProperty() shown: string;
  @Indices() events: number[];
}

export class ColumnDto {
  @ApiProperty() id: string;
  @ApiProperty() label: string;
}

@ApiExtraModels(CellDto)
export class RowDto {
  @ApiPropertyOptional() table?: string;
  @ApiProperty() id: string;
  @ApiProperty() label: string;
  @ApiProperty() level: number;
  @ByName(getSchemaPath(CellDto), 'cells by column') cells: Record<string, CellDto>;
}

export class ReportTableDto {
  @ApiProperty() id: string;
  @ApiProperty() title: string;
  @Items(ColumnDto) columns: ColumnDto[];
  @Items(RowDto) rows: RowDto[];
  @Texts() notes: string[];
}

export class ReportDto implements JsonReport {
  @ApiProperty() report: string;
  @ApiProperty() title: string;
  @ApiProperty() unit: string;
  @ApiProperty() unitName: string;
  @ApiProperty() fiscalYear: number;
  @ApiProperty() logSize: number;
  @Item(AsOfDto) asOf: AsOfDto;
  @ApiProperty() amountUnit: string;
  @Items(ColumnDto) columns: ColumnDto[];
  @Items(RowDto) rows: RowDto[];
  @Texts() notes: string[];
  @Items(ReportTableDto, false) tables?: ReportTableDto[];
}

/** One cell with the events behind it; of very many events `indices` names all, `events` has the first. */
export class CellEventsDto {
  @ApiProperty() report: string;
  @ApiProperty() row: string;
  @ApiProperty() column: string;
  @ApiProperty() exact: string;
  @ApiProperty() shown: string;
  @ApiProperty() logSize: number;
  @Indices() indices: number[];
  @Items(EventDto) events: EventDto[];
}

export class ReportEntryDto implements ReportEntry {
  @ApiProperty() name: string;
  @ApiProperty() zh: string;
  @ApiProperty() en: string;
  @ApiProperty({ enum: ['figures', 'register'] }) kind: ReportKind;
}

/** A cell as it is drawn. */
export class FormCellDto extends CellDto implements Cell {
  @OneOf(['money', 'percent', 'number'], false) kind?: 'money' | 'percent' | 'number';
  @OneOf(ALIGNS, false) align?: Align;
  @ApiPropertyOptional() level?: number;
}

export class HeadingDto {
  @ApiProperty() label: string;
  @ApiProperty({ description: 'the first column below it; -1 for the row labels' }) column: number;
  @ApiProperty() colSpan: number;
  @ApiProperty() rowSpan: number;
}

export class RowHeaderDto implements RowHeader {
  @ApiProperty() label: string;
  @Texts(false) group?: string[];
  @ApiPropertyOptional({ type: Boolean }) merged?: true;
  @ApiPropertyOptional() width?: number;
  @ApiPropertyOptional({ type: Boolean }) spans?: true;
}

export class FormColumnDto implements Column {
  @ApiProperty() id: string;
  @ApiProperty() label: string;
  @ApiProperty({ enum: ALIGNS }) align: Align;
  @Texts(false) group?: string[];
  @ApiPropertyOptional({ type: Boolean }) merged?: true;
  @ApiPropertyOptional() width?: number;
}

@ApiExtraModels(FormCellDto)
export class FormRowDto implements FormRow {
  @ApiProperty() id: string;
  @ApiProperty() label: string;
  @ApiProperty() level: number;
  @OneOf(['total', 'section', 'text'], false) kind?: RowKind;
  @ByName(getSchemaPath(FormCellDto), 'cells by column') cells: Record<string, FormCellDto>;
  @ApiProperty({
    type: [Number],
    description: 'rows that the label (first) and each cell stand for; 0: the row above says it',
  })
  spans: number[];
}

export class PageSettingDto {
  @ApiProperty() across: boolean;
  @ApiProperty() dense: boolean;
}

@ApiExtraModels(HeadingDto)
export class FormTableDto implements FormTable {
  @ApiProperty() id: string;
  @ApiProperty() title: string;
  @ApiPropertyOptional() form?: string;
  @ApiPropertyOptional() band?: string;
  @Item(RowHeaderDto, false) rowHeader?: RowHeaderDto;
  @ApiPropertyOptional({ type: Boolean }) headless?: true;
  @Items(FormColumnDto) columns: FormColumnDto[];
  @ApiProperty({
    type: 'array',
    items: { type: 'array', items: { $ref: getSchemaPath(HeadingDto) } },
  })
  headings: HeadingDto[][];
  @Items(FormRowDto) rows: FormRowDto[];
  @Texts() notes: string[];
  @Item(PageSettingDto) page: PageSettingDto;
}

export class FormDto implements Form {
  @ApiProperty() report: string;
  @ApiProperty() title: string;
  @ApiProperty({ enum: ['zh', 'en'] }) lang: Lang;
  @ApiProperty() unit: string;
  @ApiProperty() unitName: string;
  @ApiProperty() fiscalYear: number;
  @ApiProperty() logSize: number;
  @Item(AsOfDto) asOf: AsOfDto;
  @ApiProperty({ enum: ['万元', '元'] }) amountUnit: AmountUnit;
  @ApiProperty({ enum: ['form', 'tables'] }) layout: 'form' | 'tables';
  @ApiPropertyOptional() caption?: string;
  @Texts() heading: string[];
  @Items(FormTableDto) tables: FormTableDto[];
  @Texts() notes: string[];
  @Texts() signature: string[];
  @ApiProperty() provenance: string;
}

export class DifferenceDto implements CellDifference {
  @ApiProperty() row: string;
  @ApiProperty() column: string;
  @ApiProperty() rowLabel: string;
  @ApiProperty() columnLabel: string;
  @Item(FormCellDto, false) before: FormCellDto | undefined;
  @Item(FormCellDto, false) after: FormCellDto | undefined;
  @Yuan(false) difference?: string;
  @Indices() events: number[];
}

export class MomentDto {
  @Item(AsOfDto) asOf: AsOfDto;
  @ApiProperty() logSize: number;
}

export class ComparisonDto {
  @ApiProperty() report: string;
  @ApiProperty() unit: string;
  @ApiProperty() fiscalYear: number;
  @Item(MomentDto) before: MomentDto;
  @Item(MomentDto) after: MomentDto;
  @Items(DifferenceDto) differences: DifferenceDto[];
}
