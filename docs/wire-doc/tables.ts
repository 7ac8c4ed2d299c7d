/** A schema as a table: one row a field. */
import { z } from 'zod'
import { readDocstrings } from './docstrings.ts'
import { fieldMeanings } from './meanings.ts'

type Json = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Json
  readonly prefixItems?: readonly Json[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly propertyNames?: Json
  readonly additionalProperties?: Json | boolean
  readonly required?: readonly string[]
}

const UNITS: Readonly<Record<string, string>> = { Ms: 'ms', M: 'm', Mps: 'm/s', Deg: '°' }
const docstrings = readDocstrings()
/** Shapes with a name of their own, and where they are told. */
const named = new Map<string, { name: string; anchor: string }>()

export const jsonOf = (schema: z.core.$ZodType): Json => {
  const { $schema, ...json } = z.toJSONSchema(schema) as Json & { $schema?: string }
  return json
}

/** From here on this shape is called by its name, and linked to its own table. */
export function nameIt(name: string, schema: z.core.$ZodType, anchor = name): void {
  named.set(JSON.stringify(jsonOf(schema)), { name, anchor })
}

/** What the comment in the code says of the whole. */
export const saidOf = (key: string): string => sentence(docstrings.get(key) ?? '')

/** @param keys names under which comments about the fields are found, the nearest first. */
export function fieldTable(
  schema: z.core.$ZodType | Json,
  keys: readonly string[],
  without: readonly string[] = [],
): string {
  const rows = fieldsOf(schema, keys, without)
  if (rows.length === 0) return ''
  return table(
    ['field', 'type', 'meaning'],
    rows.map(([name, type, says]) => [`\`${name}\``, type, says]),
  )
}

/** The same within one cell of a larger table. */
export const fieldLines = (json: Json, keys: readonly string[], without: readonly string[]): string =>
  fieldsOf(json, keys, without)
    .map(([name, type, says]) => `\`${name}\` ${type}${says && `. ${says}`}`)
    .join('<br>')

function fieldsOf(schema: z.core.$ZodType | Json, keys: readonly string[], without: readonly string[]) {
  const json = '_zod' in schema ? jsonOf(schema) : schema
  return rowsOf(json, keys, '').filter(([name]) => !without.includes(name))
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function rowsOf(json: Json, keys: readonly string[], prefix: string): [name: string, type: string, says: string][] {
  return Object.entries(json.properties ?? {}).flatMap(([field, value]) => {
    const name = prefix + field
    const isOptional = !json.required?.includes(field)
    const says = [`${keys[0]}.${name}`, ...keys.map((key) => `${key}.${field}`)]
      .map((key) => docstrings.get(key) ?? fieldMeanings[key])
      .find((found) => found !== undefined)
    const type = `${typeOf(value, field)}${isOptional ? '; may be left out' : ''}`
    const inner = insideOf(value)
    const below = inner ? rowsOf(inner.json, keys, `${name}${inner.isList ? '[].' : '.'}`) : []
    return [[name, type, sentence(says ?? '')] as [string, string, string], ...below]
  })
}

/** An object without a name of its own is told in the rows below it. */
function insideOf(json: Json): { json: Json; isList: boolean } | undefined {
  if (named.has(JSON.stringify(json))) return undefined
  const real = json.anyOf?.find(({ type }) => type !== 'null') ?? json
  if (named.has(JSON.stringify(real))) return undefined
  if (real.items)
    return named.has(JSON.stringify(real.items)) || !real.items.properties
      ? undefined
      : { json: real.items, isList: true }
  return real.properties ? { json: real, isList: false } : undefined
}

function typeOf(json: Json, field: string): string {
  const known = named.get(JSON.stringify(json))
  if (known) return `[${known.name}](#${known.anchor})`
  if (Array.isArray(json.type)) return json.type.map((type: string) => typeOf({ ...json, type }, field)).join(' or ')
  if (json.anyOf) return json.anyOf.map((each) => typeOf(each, field)).join(' or ')
  if (json.oneOf) return 'one of several'
  if (json.const !== undefined) return `\`${JSON.stringify(json.const)}\``
  if (json.enum) return json.enum.map((each) => `\`${each}\``).join(', ')
  switch (json.type) {
    case 'null':
      return '`null`'
    case 'boolean':
      return 'boolean'
    case 'string':
      return textOf(json)
    case 'integer':
    case 'number':
      return [json.type === 'integer' ? 'whole number' : 'number', rangeOf(json), unitOf(field)]
        .filter(Boolean)
        .join(', ')
    case 'array':
      return listOf(json, field)
    case 'object':
      return json.propertyNames
        ? `object of ${typeOf(json.additionalProperties as Json, field)} by ${typeOf(json.propertyNames, '')}`
        : 'object'
    default:
      return 'anything'
  }
}

const unitOf = (field: string): string => UNITS[/[a-z](Ms|Mps|M|Deg)$/.exec(field)?.[1] ?? ''] ?? ''

function textOf({ pattern, minLength, maxLength }: Json): string {
  const [, prefix] = /^\^([a-z]{3})_\[a-z0-9]\{12,32}\$$/.exec(pattern ?? '') ?? []
  if (prefix) return `\`${prefix}_…\` id`
  const size =
    maxLength === undefined
      ? ''
      : minLength
        ? `${minLength} to ${maxLength} characters`
        : `up to ${maxLength} characters`
  const form = pattern === undefined ? '' : pattern.includes('\\p{Cc}') ? 'one line' : `\`${pattern}\``
  return ['text', size, form].filter(Boolean).join(', ')
}

function rangeOf({ minimum, maximum, exclusiveMinimum, type }: Json): string {
  const from =
    minimum === Number.MIN_SAFE_INTEGER
      ? undefined
      : (minimum ?? (exclusiveMinimum === 0 && type === 'integer' ? 1 : undefined))
  const to = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum
  if (from !== undefined && to !== undefined) return `${numberText(from)} to ${numberText(to)}`
  return from === undefined ? (to === undefined ? '' : `up to ${numberText(to)}`) : `${numberText(from)} or more`
}

function listOf({ items, prefixItems, minItems, maxItems }: Json, field: string): string {
  if (prefixItems) return `[${prefixItems.map((item) => typeOf(item, field)).join(', ')}]`
  const size = maxItems === undefined ? '' : `, ${minItems ?? 0} to ${maxItems}`
  return `list of ${items ? typeOf(items, '') : 'anything'}${size}`
}

const numberText = (value: number): string => value.toLocaleString('en')
const sentence = (text: string): string => (text === '' || /[.:]$/.test(text) ? text : `${text}.`)
