import { z } from 'zod/mini'

/** Made by the phone from at least 128 random bits: the same key asked again is the same run, seat or club. */
export const secretKeySchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/))
/** A seat, an invite or an address, as this house sealed it. */
export const tokenSchema = z.string().check(z.minLength(1), z.maxLength(300))
