import type { MeasureName } from '#domain';
import type { ColumnTemplate, Words } from '../template.js';

/** A column of one measure, called by it. */
export const measureColumn = (
  measure: MeasureName,
  label: Words,
  more: Partial<ColumnTemplate> = {},
): ColumnTemplate => ({ id: measure, label, cell: { measure }, ...more });

/** A column of a fact that the repeated item of the row brings, called by it. */
export const fieldColumn = (
  field: string,
  label: Words,
  more: Partial<ColumnTemplate> = {},
): ColumnTemplate => ({ id: field, label, align: 'left', cell: { field }, ...more });
