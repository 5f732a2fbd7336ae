import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';

/** Decorators for the fields of answers: what the OpenAPI document says of them. */
type Item = new () => object;
const described = (required: boolean, options: ApiPropertyOptions): PropertyDecorator =>
  required ? ApiProperty(options) : ApiPropertyOptional(options);

export const Yuan = (required = true): PropertyDecorator =>
  described(required, {
    type: String,
    example: '1602400.00',
    description: 'yuan with exactly two decimals',
  });

export const Percent = (): PropertyDecorator =>
  ApiProperty({ type: String, example: '99.92', description: 'percent, without the sign' });

export const Day = (required = true): PropertyDecorator =>
  described(required, { type: String, format: 'date', example: '2023-07-15' });

export const Texts = (required = true): PropertyDecorator =>
  described(required, { type: [String] });

/** Indices of events in the log, ascending. */
export const Indices = (): PropertyDecorator =>
  ApiProperty({ type: [Number], description: 'indices of the log, ascending' });

export const Items = (type: Item, required = true): PropertyDecorator =>
  described(required, { type: () => type, isArray: true });

export const Item = (type: Item, required = true): PropertyDecorator =>
  described(required, { type: () => type });

export const OneOf = (values: readonly string[], required = true): PropertyDecorator =>
  described(required, { type: String, enum: [...values] });

/** An object whose fields are named by codes of its own. */
export const ByName = (reference: string, description: string): PropertyDecorator =>
  ApiProperty({ type: 'object', description, additionalProperties: { $ref: reference } });
