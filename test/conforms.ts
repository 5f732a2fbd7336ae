/** A schema of the OpenAPI document, as far as answers use it. */
interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

export interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Record<string, Response> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** What a route's answer of 200 is said to be. */
export const answerOf = (api: OpenApi, path: string, method = 'get'): Schema | undefined =>
  api.paths[path]?.[method]?.responses['200']?.content?.['application/json']?.schema;

/** Where a value is not as a schema says, a sentence each. Fields that it does not name are faults too. */
export function faultsOf(api: OpenApi, schema: Schema, value: unknown, at = ''): string[] {
  if (schema.$ref !== undefined)
    return faultsOf(api, api.components.schemas[schema.$ref.split('/').at(-1)!]!, value, at);
  if (schema.allOf) return schema.allOf.flatMap((part) => faultsOf(api, part, value, at));
  if (schema.nullable && value === null) return [];
  if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${String(value)} is no choice`];
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at}: no array`];
    return value.flatMap((item, i) => faultsOf(api, schema.items!, item, `${at}/${i}`));
  }
  if (schema.type !== 'object')
    return typeof value === schema.type ? [] : [`${at}: ${typeof value}, not ${schema.type}`];
  if (typeof value !== 'object' || value === null) return [`${at}: no object`];
  const { properties = {}, required = [], additionalProperties: others = false } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`),
    ...Object.entries(value).flatMap(([name, item]) => {
      const known = properties[name] ?? (typeof others === 'object' ? others : undefined);
      if (known) return faultsOf(api, known, item, `${at}/${name}`);
      return others === true ? [] : [`${at}/${name}: not in the document`];
    }),
  ];
}
