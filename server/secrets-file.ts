import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Store } from './store/store.ts'

const secretsSchema = z.object({ masterSecret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) })

/**
 * The one secret behind all seats, invites, trackers and journals: made at the first start, readable by
 * its owner only. Whoever loses the file loses the seats; whoever has it can make them.
 *
 * @throws Error with one line for people.
 */
export function readOrMakeSecret(file: string): Buffer {
  if (!existsSync(file)) {
    const made = JSON.stringify({ masterSecret: randomBytes(32).toString('base64url') })
    // `wx`: of two processes that start at once, one makes it and the other reads it.
    try {
      writeFileSync(file, made, { flag: 'wx', mode: 0o600 })
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
  }
  chmodSync(file, 0o600)
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`${file} is not readable as JSON`)
  }
  const read = secretsSchema.safeParse(json)
  if (!read.success) throw new Error(`${file} holds no usable masterSecret`)
  return Buffer.from(read.data.masterSecret, 'base64url')
}

/**
 * All nodes of a store share one secret: with another, a node would know no seat and no journal.
 *
 * @throws Error with one line for people when this node's is not the others'.
 */
export async function settleSecret(store: Pick<Store, 'settle'>, masterSecret: Buffer): Promise<void> {
  const own = createHmac('sha256', masterSecret).update('serik: which secret').digest('base64url')
  if ((await store.settle('secret', own)) !== own)
    throw new Error('secrets.json is not the one this data was made with: every node needs a copy of the same file')
}
