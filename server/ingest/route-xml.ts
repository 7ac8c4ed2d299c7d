/**
 * Route files that are XML. The text comes from strangers: entities are never expanded, tags may be nested 50 deep.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { childrenOf, ownValue } from './found-places.ts'

const TAG_DEPTH_MAX = 50
const STANDARD_ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const

const parser = new XMLParser({
  attributeNamePrefix: '@',
  ignoreAttributes: (name) => name !== 'lat' && name !== 'lon',
  ignoreDeclaration: true,
  ignorePiTags: true,
  jPath: false,
  maxNestedTags: TAG_DEPTH_MAX,
  parseAttributeValue: false,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
})

/** The document, or what is wrong with it as text. May throw for a document that was made to. */
export function parsedXml(xml: string): { readonly document: unknown } | { readonly fault: string } {
  const validity = XMLValidator.validate(xml)
  if (validity !== true) return { fault: `line ${validity.err.line}: ${validity.err.msg}` }
  return { document: parser.parse(xml) }
}

/** An element's text. Only XML's own five entities and character numbers: a document's own stay as they are written. */
export function textOf(node: unknown, tag: string): string | undefined {
  const found = childrenOf(node, tag)[0]
  const text = typeof found === 'string' ? found : ownValue(found, '#text')
  return typeof text === 'string' ? withStandardEntities(text) : undefined
}

function withStandardEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, word) => {
    if (word) return STANDARD_ENTITIES[word as keyof typeof STANDARD_ENTITIES] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : whole
  })
}

/** Elements below others, step by step, each with its path: `trk[1]/trkseg[2]/trkpt[7]`, counted from 1. */
export function* below(
  node: unknown,
  path: string,
  ...tags: readonly string[]
): Generator<{ path: string; node: unknown }> {
  const [tag, ...rest] = tags
  if (tag === undefined) return void (yield { path, node })
  for (const [index, child] of childrenOf(node, tag).entries())
    yield* below(child, `${path && `${path}/`}${tag}[${index + 1}]`, ...rest)
}
