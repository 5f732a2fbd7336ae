import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance, type ClassConstructor } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** What the validation of a body found, for the filter to put into the ledger's own words. */
export class BodyInvalid extends Error {
  constructor(readonly findings: readonly string[]) {
    super(findings[0] ?? 'the body has a wrong form');
  }
}

const OPTIONS = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };

/**
 * Holds a body to its DTO and hands on the body itself. Nest's ValidationPipe hands on a copy, in which a field
 * named like a method of Object is lost: what is refused by the gate would be recorded without it.
 */
export class BodyPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type !== 'body' || metatype === undefined) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new BodyInvalid(['the body must be a JSON object']);
    const tooMany = tooManyIn(value);
    if (tooMany !== undefined) throw new BodyInvalid([tooMany]);
    const dto = plainToInstance(metatype as ClassConstructor<object>, value);
    const errors = validateSync(dto, OPTIONS);
    if (errors.length > 0) throw new BodyInvalid(sentencesOf(errors));
    // the copy that was held to the DTO has lost these, so that nobody has refused them
    const lost = Object.keys(value).find((name) => name in Object.prototype);
    if (lost !== undefined) throw new BodyInvalid([`${lost}: property ${lost} should not exist`]);
    return value;
  }
}

/** What no body has so many of. It is looked at first, for each item and field costs the validation its time. */
const MOST = { items: 1000, fields: 100 };

function tooManyIn(value: unknown, path = 'the body'): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const [most, what] = Array.isArray(value) ? [MOST.items, 'items'] : [MOST.fields, 'fields'];
  if (entries.length > most) return `${path} has more than ${most} ${what}`;
  for (const [key, item] of entries) {
    const found = tooManyIn(item, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function sentencesOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((c) => `${path}${property}: ${c}`),
    ...sentencesOf(children ?? [], `${path}${property}.`),
  ]);
}
