/** The rooms of ARCHITECTURE.md and the arrows between them, held against every import in the tree. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

type Room = {
  readonly path: string
  /** Rooms it may import from, besides itself. A file name allows that file only. */
  readonly mayImport: readonly string[]
  readonly packages: readonly string[] | 'any'
  /** Where the code belongs that wanted to break the rule. */
  readonly advice: string
}

const rooms: readonly Room[] = [
  {
    path: 'shared',
    mayImport: [],
    packages: ['zod/mini', 'cheap-ruler'],
    advice: 'shared/ is loaded by browsers and knows no world: what needs I/O belongs to server/usecase or client/net',
  },
  {
    path: 'server/core',
    mayImport: ['shared'],
    packages: ['node:crypto'],
    advice: 'the rules know no world: give what they need as an argument from server/usecase',
  },
  {
    path: 'server/usecase',
    mayImport: [
      'shared',
      'server/core',
      'server/store/store.ts',
      'server/store/bus.ts',
      'server/store/shared-counts.ts',
    ],
    packages: ['node:crypto'],
    advice: 'a use case knows the store by its interface only; protocols and sockets belong to server/transport',
  },
  {
    path: 'server/store',
    mayImport: ['shared'],
    packages: 'any',
    advice: 'a store keeps promises and knows no rules: put the rule into server/core',
  },
  {
    path: 'server/ingest',
    mayImport: ['shared'],
    packages: 'any',
    advice: 'a protocol turns a body into fixes and nothing else: what happens with them belongs to server/usecase',
  },
  {
    path: 'server/export',
    mayImport: ['shared', 'server/store/store.ts'],
    packages: [],
    advice: 'a format turns tracks into text and nothing else',
  },
  {
    path: 'server/transport',
    mayImport: ['shared', 'server/usecase', 'server/ingest', 'server/export'],
    packages: 'any',
    advice: 'a door decides no rule and knows no store: ask a use case',
  },
  {
    path: 'client/net',
    mayImport: ['shared', 'client/state'],
    packages: ['socket.io-client', 'socket.io-parser', 'idb-keyval'],
    advice: 'the SDK knows no screens and no DOM',
  },
  {
    path: 'client/state',
    mayImport: ['shared'],
    packages: [],
    advice: 'what a phone knows is made of what it was told: no network, no DOM',
  },
  {
    path: 'client/screens',
    mayImport: ['shared', 'client/state', 'client/net'],
    packages: 'any',
    advice: 'a screen shows state and sends wishes; a rule belongs to shared/run or server/core',
  },
  {
    path: 'client/worker',
    mayImport: [
      'shared',
      'client/net',
      'client/screens/english/push.ts',
      'client/screens/russian/push.ts',
      'client/screens/kazakh/push.ts',
    ],
    packages: ['workbox-precaching'],
    advice: 'the worker has no page: what it shows is words of push.ts, what it knows is what the page has kept',
  },
  {
    path: 'client/public',
    mayImport: [],
    packages: [],
    advice: 'these files are served as they are',
  },
  {
    path: 'client/simulate',
    mayImport: ['shared', 'client/state', 'client/net'],
    packages: 'any',
    advice: 'simulated people use the SDK like everybody else',
  },
]

const sources = rooms.flatMap(({ path }) => filesIn(path).map((file) => ({ file, room: roomOf(file) as Room })))

describe('the arrows between the rooms', () => {
  test.each(rooms)('[HS1] $path imports only from the rooms below it', (room) => {
    const wrong = sources
      .filter((source) => source.room === room)
      .flatMap(({ file }) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => !isAllowed(room, imported))
      .map(({ file, imported }) => `${file} imports ${imported}: ${room.advice}`)
    expect(wrong).toEqual([])
  })

  test('[HS2] shared and server/core read no clock, draw no number and do no I/O', () => {
    const world =
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|setTimeout|setInterval|fetch|console|process)\b/
    const wrong = sources
      .filter(({ room }) => room.path === 'shared' || room.path === 'server/core')
      .flatMap(({ file }) => codeOf(file).flatMap((line) => (world.test(line) ? [`${file}: ${line.trim()}`] : [])))
    expect(wrong, 'time, ids and chance come in as arguments').toEqual([])
  })

  test('[HS3] the SDK names nothing that only a browser has', () => {
    const dom = /\b(window|document|localStorage|navigator)\b/
    const wrong = sources
      .filter(({ room }) => room.path === 'client/net' || room.path === 'client/state')
      .flatMap(({ file }) => codeOf(file).flatMap((line) => (dom.test(line) ? [`${file}: ${line.trim()}`] : [])))
    expect(wrong, 'it also runs in Node: pass it in').toEqual([])
  })

  test('[HS4] ARCHITECTURE.md names every room that is there, and no other', () => {
    const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
    const named = [...text.matchAll(/^\| `((?:shared|server|client)[a-z/]*)\/?` \|/gm)].map((match) => match[1])
    expect(named.toSorted()).toEqual(rooms.map(({ path }) => path).toSorted())
    const onDisk = ['server', 'client'].flatMap((side) =>
      readdirSync(join(root, side), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${side}/${entry.name}`),
    )
    expect(['shared', ...onDisk].toSorted()).toEqual(named.toSorted())
  })

  test('[HS5] no file has grown past 300 lines', () => {
    const long = sources
      .map(({ file }) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 301)
    expect(long, 'split it by idea').toEqual([])
  })

  test('[HS7] a style asks for an element’s own children alone, and never of the page', () => {
    const asked = filesIn('client', /\.css$/).flatMap((file) => codeOf(file).filter((line) => line.includes(':has(')))
    expect(asked.length).toBeGreaterThan(0)
    const ofOwnChildren = /(?<!(:root|html|body)[^ ]*):has\((> [^ ,()]+( \+ [^ ,()]+)?)\)/g
    expect(asked.filter((line) => line.replace(ofOwnChildren, '').includes(':has('))).toEqual([])
  })
})

function filesIn(path: string, ending = /\.tsx?$/): string[] {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

function roomOf(file: string): Room | undefined {
  return rooms.find(({ path }) => file.startsWith(`${path}/`))
}

function codeOf(file: string): string[] {
  const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return code.split('\n').map((line) => line.replace(/(^|\s)\/\/.*$/, ''))
}

function importsOf(file: string): string[] {
  const code = codeOf(file).join('\n')
  return [...code.matchAll(/(?:from|import|import\()\s*['"]([^'"]+)['"]/g)].map(([, name]) =>
    name?.startsWith('.') ? relative(root, resolve(dirname(join(root, file)), name)) : (name ?? ''),
  )
}

function isAllowed({ path, mayImport, packages }: Room, imported: string): boolean {
  const isOurs = /^(shared|server|client|test)\//.test(imported)
  if (!isOurs) return packages === 'any' || packages.includes(imported)
  return [path, ...mayImport].some((room) => imported === room || imported.startsWith(`${room}/`))
}
