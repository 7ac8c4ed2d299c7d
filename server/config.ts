/** Everything that can be set from outside. A wrong value ends the start with one line that names it. */
import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const flag = z.enum(['on', 'off']).transform((value) => value === 'on')
const whole = (from: number, to: number) => z.coerce.number().int().min(from).max(to)

/** How such a file begins: its name, and the version of its layout. */
const PMTILES_3 = Buffer.from('PMTiles\x03')

function isPmtiles(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    const start = Buffer.alloc(PMTILES_3.length)
    readSync(file, start)
    closeSync(file)
    return start.equals(PMTILES_3)
  } catch {
    return false // not there, or not for us
  }
}

export const environmentSchema = z.object({
  /** TCP port; 0 takes a free one. */
  PORT: whole(0, 65_535).default(3000),
  /** Address to listen on. */
  HOST: z.string().min(1).default('0.0.0.0'),
  /** Where runs are kept: a folder. */
  DATA_DIR: z.string().min(1).default('./data'),
  /** `sqlite` keeps runs in DATA_DIR; `memory` forgets them when the process ends. */
  STORE: z.enum(['sqlite', 'memory']).default('sqlite'),
  /** Redis for any number of processes, instead of STORE: one address, or several seeds of a Cluster with commas. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/[^\s,]+(,rediss?:\/\/[^\s,]+)*$/, 'not redis://host:port, nor several with commas')
    .optional(),
  /** How many replicas must have what is answered for. */
  REDIS_REPLICAS: whole(0, 5).default(0),
  /** The address people use, such as https://run.example: for links to tracker apps behind a proxy. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** How many proxies stand in front, for rate limits by address. */
  TRUST_PROXY: whole(0, 10).default(0),
  /** Milliseconds between two frames. */
  TICK_MS: whole(50, 10_000).default(1_000),
  /** Milliseconds, by the run's clock, between two messages with fixes of a phone, when nothing special is up. */
  FIX_EVERY_MS: whole(100, 60_000).default(5_000),
  /** Milliseconds, by the run's clock, between two frames to a phone that looks, when nothing special is up. */
  FRAME_EVERY_MS: whole(100, 60_000).default(2_000),
  /** The style of the map beneath the people: an address, or `off`. By default OpenFreeMap's, or the plain one of MAP_PMTILES. */
  MAP_STYLE_URL: z.union([z.literal('off'), z.url({ protocol: /^https?$/ })], 'neither an address nor off').optional(),
  /** The same for phones that are set to dark; without it the one style serves both. */
  MAP_STYLE_DARK_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Other servers that the style asks for tiles, fonts or pictures: addresses, with commas. */
  MAP_HOSTS: z
    .string()
    .regex(/^https?:\/\/[^\s,/;'"]+(,https?:\/\/[^\s,/;'"]+)*$/, 'not https://host, nor several with commas')
    .transform((list) => list.split(','))
    .default([]),
  /** A PMTiles file with a map of the region, which is then served from here. */
  MAP_PMTILES: z
    .string()
    .refine(isPmtiles, 'no PMTiles file of version 3')
    .transform((path) => resolve(path))
    .optional(),
  /** Days a run is kept after its end, then it is deleted for good. */
  RETENTION_DAYS: whole(1, 3_650).default(7),
  /** Development only: push services may be on this machine. */
  PUSH_LOOPBACK: flag.default(false),
  /** The simulated run on the start page. */
  DEMO: flag.default(true),
  /** Development only: how many times faster than the wall the run's clock goes. */
  TIME_SCALE: z.coerce.number().min(0.1).max(1_000).default(1),
  /** TCP port of `/metrics` for Prometheus; without it there is none. Not for the public. */
  METRICS_PORT: whole(0, 65_535).optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = z.infer<typeof environmentSchema>

/** @throws Error with one line for people, naming the variable. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''))
  const read = environmentSchema.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    const name = String(issue?.path[0])
    const value = (given[name] ?? '').replace(/\s+/g, ' ').slice(0, 100)
    throw new Error(`${name}=${value} is not usable: ${issue?.message}`)
  }
  return { ...read.data, DATA_DIR: resolve(read.data.DATA_DIR) }
}
