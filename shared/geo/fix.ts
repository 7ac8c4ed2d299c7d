import { z } from 'zod/mini'

export const latitudeDegSchema = z.number().check(z.minimum(-90), z.maximum(90))
export const longitudeDegSchema = z.number().check(z.minimum(-180), z.maximum(180))

/**
 * One position observation in our own units. Every tracker protocol ends here: behind this line
 * nobody asks whether a speed came in knots or a time in seconds.
 */
export const fixSchema = z.strictObject({
  latitudeDeg: latitudeDegSchema,
  longitudeDeg: longitudeDegSchema,
  /** The sender's clock, as near to the server's as the sender can bring it. */
  takenAtMs: z.int().check(z.nonnegative()),
  /** Radius of 68 % confidence. Absent means unknown, never 0. */
  accuracyM: z.optional(z.number().check(z.nonnegative())),
  /** A hint: trackers send it in wrong units, so speed is computed from fixes. */
  speedMps: z.optional(z.number().check(z.nonnegative())),
  headingDeg: z.optional(z.number().check(z.minimum(0), z.maximum(360))),
  altitudeM: z.optional(z.number()),
  /** 0 to 1. */
  battery: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
})
export type Fix = z.infer<typeof fixSchema>

/** A place on the earth, WGS 84. */
export type Place = { readonly latitudeDeg: number; readonly longitudeDeg: number }
export const placeSchema = z.strictObject({ latitudeDeg: latitudeDegSchema, longitudeDeg: longitudeDegSchema })
