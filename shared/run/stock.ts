/** What a helper carries, in pieces: a bottle of 500 ml, a gel, a salt tablet, a tube. */
import { z } from 'zod/mini'
import { memberIdSchema } from '../units.ts'
import { itemKindNames } from './requests.ts'

/** The kinds that may be asked for, a bottle each for drinks, and what a repair needs. */
export const stockKindSchema = z.enum([...itemKindNames, 'tube'])
export type StockKind = z.infer<typeof stockKindSchema>

export const pieceSchema = z.strictObject({
  kind: stockKindSchema,
  count: z.int().check(z.minimum(0), z.maximum(500)),
  /** Whose it is ("Aidar's bottle"); `null` for anybody's. */
  forId: z.nullable(memberIdSchema),
})
export type Piece = z.infer<typeof pieceSchema>

export const stockSchema = z.strictObject({
  pieces: z.array(pieceSchema).check(z.maxLength(60)),
  /** Empty bottles that came back. */
  emptiesCount: z.int().check(z.minimum(0), z.maximum(500)),
})
export type Stock = z.infer<typeof stockSchema>
