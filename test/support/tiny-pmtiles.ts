/** A PMTiles file of version 3 with a few made-up streets, a park and a river: what a map is drawn from without the internet. */
import { zxyToTileId } from 'pmtiles'
import type { Place } from '../../shared/geo/fix.ts'

const ZOOM = 13
const AROUND = 4
const EXTENT = 4_096
const E7 = 1e7

type Shape = { readonly kind: string; readonly type: 2 | 3; readonly path: readonly (readonly [number, number])[] }
type Layer = { readonly name: string; readonly shapes: readonly Shape[] }

const square = (from: number, to: number): Shape['path'] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
]
const street = (kind: string, path: Shape['path']): Shape => ({ kind, type: 2, path })
const across = [512, 1_536, 2_560, 3_584]

const layers: readonly Layer[] = [
  { name: 'earth', shapes: [{ kind: 'earth', type: 3, path: square(0, EXTENT) }] },
  { name: 'landuse', shapes: [{ kind: 'park', type: 3, path: square(700, 1_400) }] },
  {
    name: 'water',
    shapes: [
      {
        kind: 'river',
        type: 3,
        path: [
          [0, 1_900],
          [EXTENT, 1_900],
          [EXTENT, 2_200],
          [0, 2_200],
        ],
      },
    ],
  },
  {
    name: 'roads',
    shapes: across.flatMap((at, index) => [
      street(index === 1 ? 'major_road' : 'minor_road', [
        [at, 0],
        [at, EXTENT],
      ]),
      street(index === 2 ? 'path' : 'minor_road', [
        [0, at],
        [EXTENT, at],
      ]),
    ]),
  },
  { name: 'buildings', shapes: [{ kind: 'building', type: 3, path: square(1_700, 1_850) }] },
]

function varint(value: number): number[] {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return [...bytes, left]
    bytes.push((left % 128) + 128)
  }
}
const field = (no: number, bytes: readonly number[]): number[] => [
  ...varint(no * 8 + 2),
  ...varint(bytes.length),
  ...bytes,
]
const number = (no: number, value: number): number[] => [...varint(no * 8), ...varint(value)]
const text = (no: number, value: string): number[] => field(no, [...Buffer.from(value)])
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value)

/** Move to the first point, lines to the others, and for areas back again: the commands of the Mapbox vector tile. */
function geometry({ type, path }: Shape): number[] {
  let [x, y] = [0, 0]
  const steps = path.map(([toX, toY]) => {
    const step = [zigzag(toX - x), zigzag(toY - y)]
    ;[x, y] = [toX, toY]
    return step
  })
  const [first = [], ...others] = steps
  const commands = [1 * 8 + 1, ...first, others.length * 8 + 2, ...others.flat(), ...(type === 3 ? [1 * 8 + 7] : [])]
  return commands.flatMap(varint)
}

function tile(): Buffer {
  const bytes = layers.flatMap(({ name, shapes }) => {
    const kinds = [...new Set(shapes.map(({ kind }) => kind))]
    const features = shapes.flatMap((shape) =>
      field(2, [...field(2, [0, kinds.indexOf(shape.kind)]), ...number(3, shape.type), ...field(4, geometry(shape))]),
    )
    const values = kinds.flatMap((kind) => field(4, text(1, kind)))
    return field(3, [
      ...text(1, name),
      ...features,
      ...text(3, 'kind'),
      ...values,
      ...number(5, EXTENT),
      ...number(15, 2),
    ])
  })
  return Buffer.from(bytes)
}

/** The same tile nine times nine around a place: one entry of a run-length needs rising ids, so each has its own. */
export function tinyPmtiles({ latitudeDeg, longitudeDeg }: Place): Buffer {
  const side = 2 ** ZOOM
  const [latitudeRad, middleX] = [(latitudeDeg * Math.PI) / 180, Math.floor((longitudeDeg / 360 + 0.5) * side)]
  const middleY = Math.floor((0.5 - Math.log(Math.tan(Math.PI / 4 + latitudeRad / 2)) / (2 * Math.PI)) * side)
  const ids: number[] = []
  for (let x = middleX - AROUND; x <= middleX + AROUND; x++)
    for (let y = middleY - AROUND; y <= middleY + AROUND; y++) ids.push(zxyToTileId(ZOOM, x, y))
  ids.sort((a, b) => a - b)
  const data = tile()
  const directory = Buffer.from([
    ...varint(ids.length),
    ...ids.flatMap((id, index) => varint(id - (ids[index - 1] ?? 0))),
    ...ids.flatMap(() => varint(1)),
    ...ids.flatMap(() => varint(data.length)),
    ...ids.flatMap(() => varint(1)), // all at offset 0, which is written as one more
  ])
  const metadata = Buffer.from('{}')
  const header = Buffer.alloc(127)
  header.write('PMTiles', 0)
  header.writeUInt8(3, 7)
  const [directoryAt, metadataAt] = [header.length, header.length + directory.length]
  const dataAt = metadataAt + metadata.length
  const sizes = [directoryAt, directory.length, metadataAt, metadata.length, 0, 0, dataAt, data.length]
  for (const [index, size] of [...sizes, ids.length, ids.length, 1].entries())
    header.writeBigUInt64LE(BigInt(size), 8 + 8 * index)
  // Clustered; neither directory nor tiles packed; vector tiles; of one zoom.
  for (const [index, value] of [1, 1, 1, 1, ZOOM, ZOOM].entries()) header.writeUInt8(value, 96 + index)
  const box = [longitudeDeg - 0.2, latitudeDeg - 0.2, longitudeDeg + 0.2, latitudeDeg + 0.2]
  for (const [index, degrees] of box.entries()) header.writeInt32LE(Math.round(degrees * E7), 102 + 4 * index)
  header.writeUInt8(ZOOM, 118)
  header.writeInt32LE(Math.round(longitudeDeg * E7), 119)
  header.writeInt32LE(Math.round(latitudeDeg * E7), 123)
  return Buffer.concat([header, directory, metadata, data])
}
