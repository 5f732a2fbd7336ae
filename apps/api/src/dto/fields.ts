import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  ValidateNested,
} from 'class-validator';

/**
 * Decorators for the fields of bodies. They check structure and describe it; what a value means is judged by
 * the ledger's one gate (`readCommand`), whose words and sentences the answers carry.
 */
const MOST_ITEMS = 1000;

const described = (required: boolean, options: object) =>
  required ? ApiProperty(options) : ApiPropertyOptional(options);

export const Text = (example: string, required = true) =>
  applyDecorators(
    described(required, { type: String, example }),
    IsString(),
    ...(required ? [] : [IsOptional()]),
  );

export const Amount = (required = true) =>
  applyDecorators(
    described(required, {
      type: String,
      example: '1602400.00',
      pattern: '^-?(0|[1-9]\\d{0,14})\\.\\d{2}$',
      description: 'yuan with exactly two decimals',
    }),
    IsString(),
    ...(required ? [] : [IsOptional()]),
  );

export const CalendarDate = (required = true) =>
  applyDecorators(
    described(required, { type: String, format: 'date', example: '2023-07-15' }),
    IsString(),
    ...(required ? [] : [IsOptional()]),
  );

export const Whole = (example: number, required = true) =>
  applyDecorators(
    described(required, { type: Number, example }),
    IsInt(),
    ...(required ? [] : [IsOptional()]),
  );

// the document knows a type that is yet to come by the name of its function, `type`
export const Nested = (type: () => new () => object, required = true) =>
  applyDecorators(
    described(required, { type: () => type() }),
    ValidateNested(),
    Type(type),
    ...(required ? [] : [IsOptional()]),
  );

export const ListOf = (type: () => new () => object) =>
  applyDecorators(
    ApiProperty({ type: () => type(), isArray: true }),
    IsArray(),
    ArrayMaxSize(MOST_ITEMS),
    ValidateNested({ each: true }),
    Type(type),
  );
