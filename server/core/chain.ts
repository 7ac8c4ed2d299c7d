/** The journal is a chain: each link vouches for every fact before it, and only a holder of the key can make one. */
import { createHmac } from 'node:crypto'
import type { Fact } from '../../shared/run/events.ts'

export const CHAIN_START = ''

/** CH1: `mac_n = HMAC-SHA256(key, mac_{n-1} | fact_n)`, 128 bits of it, in base64url. */
export const linkOf = (chainKey: Buffer, previousMac: string, fact: Fact): string =>
  createHmac('sha256', chainKey)
    .update(previousMac)
    .update('|')
    .update(JSON.stringify(fact))
    .digest()
    .subarray(0, 16)
    .toString('base64url')
