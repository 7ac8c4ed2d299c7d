import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ROUTE_FILE_POINTS_MAX } from '../../server/ingest/found-places.ts'
import { readRouteFile } from '../../server/ingest/route-file.ts'
import { namedPointSchema } from '../../shared/geo/named-points.ts'

const gpx = (inside: string) => `<?xml version="1.0"?><gpx version="1.1" xmlns="http://x">${inside}</gpx>`
const trk = (...segments: string[]) => `<trk>${segments.map((points) => `<trkseg>${points}</trkseg>`).join('')}</trk>`
const pt = (tag: string, lat: number | string, lon: number | string) => `<${tag} lat="${lat}" lon="${lon}"/>`
const place = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg })

test('[RF1] every point of every segment of every track is read in file order', () => {
  const text = gpx(
    trk(pt('trkpt', 51.1, 71.4) + pt('trkpt', 51.2, 71.4), pt('trkpt', 51.3, 71.4)) +
      trk(pt('trkpt', 51.2, 71.4) + pt('trkpt', 51.1, 71.4)),
  )
  expect(readRouteFile(text)).toEqual({
    ok: true,
    points: [place(51.1, 71.4), place(51.2, 71.4), place(51.3, 71.4), place(51.2, 71.4), place(51.1, 71.4)],
    namedPoints: [],
  })
})

test('[RF1] a route is read when there is no track, and not added to a track', () => {
  const rte = `<rte>${pt('rtept', '51.10', '71.40')}${pt('rtept', '-5.12e1', '.4')}</rte>`
  expect(readRouteFile(gpx(rte))).toMatchObject({ points: [place(51.1, 71.4), place(-51.2, 0.4)] })
  expect(readRouteFile(gpx(rte + trk(pt('trkpt', 1, 2))))).toMatchObject({ points: [place(1, 2)] })
})

test('[RF1] prefixed tags, a byte order mark and white space make no difference', () => {
  const text =
    '\uFEFF\n<g:gpx xmlns:g="http://x"><g:trk><g:trkseg>\r\n<g:trkpt lat=" 1 " lon=\'2\'/></g:trkseg></g:trk></g:gpx>\n'
  expect(readRouteFile(text)).toEqual({ ok: true, points: [place(1, 2)], namedPoints: [] })
})

test('[RF2] waypoints with a name become named points, and the run is named by the file', () => {
  const text = gpx(
    `<metadata><name>Sunday &amp; friends</name></metadata>
     <wpt lat="51.15" lon="71.43"><name> Old   bridge </name></wpt>
     <wpt lat="51.16" lon="71.44"><ele>3</ele></wpt>
     <wpt lat="51.17" lon="71.45"><name><![CDATA[Кафе <Таң>]]></name></wpt>
     <wpt lat="51.18" lon="71.46"><name>${'long '.repeat(40)}</name></wpt>${trk(pt('trkpt', 1, 2))}`,
  )
  const read = readRouteFile(text)
  expect(read).toMatchObject({ ok: true, name: 'Sunday & friends' })
  const namedPoints = read.ok ? read.namedPoints : []
  expect(namedPoints.map(({ name }) => name)).toEqual(['Old bridge', 'Кафе <Таң>', 'long '.repeat(12).trim()])
  expect(namedPoints.every((point) => namedPointSchema.safeParse(point).success)).toBe(true)
})

const noPoint = trk('')
test.each([
  ['', 'file'],
  ['   ', 'file'],
  ['hello', 'file'],
  ['{"type":"FeatureCollection"', 'file'],
  ['[[51.1,71.4],[51.2,71.4]]', 'file'],
  ['PK\u0003\u0004', 'file'],
  ['<gpx><trk>', 'file'],
  ['<gpx><trk></gpx></trk>', 'file'],
  ['\0\u0001\uFFFF<gpx', 'file'],
  ['<kml><Document/></kml>', 'file'],
  ['<gpx/>', 'gpx'],
  [gpx(noPoint), 'gpx'],
  [gpx('<trk>words</trk>'), 'gpx'],
  [gpx(trk(pt('trkpt', 51, 71) + pt('trkpt', 90.01, 71))), 'trk[1]/trkseg[1]/trkpt[2]/@lat'],
  [gpx(trk(pt('trkpt', 1, 2)) + trk('', pt('trkpt', 51, -181))), 'trk[2]/trkseg[2]/trkpt[1]/@lon'],
  [gpx(trk(pt('trkpt', 'NaN', 71))), 'trk[1]/trkseg[1]/trkpt[1]/@lat'],
  [gpx(trk(pt('trkpt', 'Infinity', 71))), 'trk[1]/trkseg[1]/trkpt[1]/@lat'],
  [gpx(trk(pt('trkpt', '0x10', 71))), 'trk[1]/trkseg[1]/trkpt[1]/@lat'],
  [gpx(trk(pt('trkpt', '', 71))), 'trk[1]/trkseg[1]/trkpt[1]/@lat'],
  [gpx(trk('<trkpt lat="51"/>')), 'trk[1]/trkseg[1]/trkpt[1]/@lon'],
  [gpx(trk('<trkpt>51,71</trkpt>')), 'trk[1]/trkseg[1]/trkpt[1]/@lat'],
  [gpx(`<rte>${pt('rtept', '51,1', 71)}</rte>`), 'rte[1]/rtept[1]/@lat'],
  [gpx(`<wpt lat="91" lon="1"><name>x</name></wpt>${trk(pt('trkpt', 1, 2))}`), 'wpt[1]/@lat'],
  [gpx(pt('wpt', 1, 2).repeat(1_001) + trk(pt('trkpt', 1, 2))), 'wpt[1001]'],
])('[RF3] what cannot be a route is refused with the field: %.60s', (text, field) => {
  const read = readRouteFile(text)
  expect(read).toEqual({ ok: false, field, detail: expect.stringMatching(/^.{3,160}$/u) })
})

test('[RF4] entities are never expanded, and names and tags reach no prototype', () => {
  const nested = Array.from({ length: 20 }, (_, i) => `<!ENTITY b${i + 1} "${`&b${i};`.repeat(10)}">`).join('')
  const bomb = `<!DOCTYPE gpx [<!ENTITY b0 "ha">${nested}]>`
  const read = readRouteFile(`${bomb}<gpx><name>&b0; &b20;</name>${trk(pt('trkpt', 1, 2))}</gpx>`)
  expect(read).toMatchObject({ ok: true, name: '&b0; &b20;' })
  const outside = '<!DOCTYPE gpx [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
  const reading = readRouteFile(`${outside}<gpx><name>&file;</name>${trk(pt('trkpt', 1, 2))}</gpx>`)
  expect(reading).toMatchObject({ ok: false, field: 'file' })
  for (const tag of ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])
    readRouteFile(gpx(`<${tag} lat="9"><name>bad</name></${tag}>${trk(pt('trkpt', 1, 2))}`))
  expect(
    readRouteFile(gpx(`<wpt lat="1" lon="2"><name>__proto__</name></wpt>${trk(pt('trkpt', 1, 2))}`)),
  ).toMatchObject({
    namedPoints: [{ name: '__proto__' }],
  })
  expect(Object.keys(Object.prototype)).toEqual([])
  expect(({} as { name?: string }).name).toBeUndefined()
})

const many = 200_000
test.each([
  ['tags nested without end', '<gpx>'.repeat(many)],
  ['tags nested and closed', '<gpx>'.repeat(many) + '</gpx>'.repeat(many)],
  ['tags never closed', '<gpx>'.concat('<a '.repeat(many))],
  ['open angle brackets', '<'.repeat(many)],
  ['comments never closed', `<gpx>${'<!--'.repeat(many)}`],
  ['CDATA never closed', `<gpx>${'<![CDATA['.repeat(many)}`],
  ['declarations never closed', `<gpx>${'<!DOCTYPE ['.repeat(many)}`],
  ['quotes never closed', `<gpx>${'<a b="'.repeat(many)}`],
  ['one tag with very many attributes', `<gpx ${Array.from({ length: many }, (_, i) => `a${i}="1"`).join(' ')}/>`],
  ['a very long name', gpx(`<name>${'&#x41;&'.repeat(many)}</name>`)],
  ['closing tags only', `<gpx>${'</gpx>'.repeat(many)}`],
])('[RF5] a file made to be slow is refused in time: %s', (_, text) => {
  const startedMs = performance.now()
  expect(readRouteFile(text).ok).toBe(false)
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})

test('[RF5] a file of 5 MB is read whole', () => {
  const points = Array.from(
    { length: 60_000 },
    (_, i) => `<trkpt lat="51.${100_000 + i}" lon="71.4"><ele>347.25</ele><time>2026-05-01T00:00:00Z</time></trkpt>`,
  )
  const text = gpx(trk(points.join('')))
  expect(text.length).toBeGreaterThan(5_000_000)
  const read = readRouteFile(text)
  expect(read.ok && read.points.length).toBe(60_000)
}, 30_000)

test('[RF5] more than 20 MB, in bytes, or 200,000 points is refused', () => {
  expect(readRouteFile(gpx(`<name>${'қ'.repeat(10_000_001)}</name>`))).toMatchObject({ ok: false, field: 'file' })
  const text = gpx(trk(pt('trkpt', 1, 2).repeat(ROUTE_FILE_POINTS_MAX + 1)))
  expect(readRouteFile(text)).toMatchObject({ ok: false, field: 'trk[1]/trkseg[1]/trkpt[200001]' })
}, 30_000)

test('[RF5] no text makes it throw, and a refusal names a field', () => {
  const scrap = fc.constantFrom(
    '<gpx>',
    '</gpx>',
    '<trk>',
    '<trkseg>',
    '</trk>',
    '<trkpt lat="',
    '51',
    '" lon="',
    '"/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '&amp;',
    '&#0;',
    '&#x110000;',
    '<!DOCTYPE',
    '[',
    ']',
    '>',
    '<name>',
  )
  const text = fc.array(fc.oneof(scrap, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 })
  fc.assert(
    fc.property(text, fc.boolean(), (parts, wrap) => {
      const read = readRouteFile(wrap ? gpx(`<name>${parts.join('')}</name>${trk(pt('trkpt', 1, 2))}`) : parts.join(''))
      return read.ok ? read.points.length > 0 : read.field !== '' && read.detail !== ''
    }),
    { seed: 20_261_101, numRuns: 500 },
  )
})
