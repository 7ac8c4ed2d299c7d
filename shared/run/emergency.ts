/** Whom to call for somebody, as one line of words: a number has no comma, so the last one parts the two. */
import { z } from 'zod/mini'
import { nameSchema, phoneSchema } from './words.ts'

export const emergencyContactSchema = z.strictObject({ name: nameSchema, phone: phoneSchema })
export type EmergencyContact = z.infer<typeof emergencyContactSchema>

const BETWEEN = ', '

export const contactText = ({ name, phone }: EmergencyContact): string => `${name}${BETWEEN}${phone}`

export function contactOf(text: string): EmergencyContact {
  const at = text.lastIndexOf(BETWEEN)
  return { name: text.slice(0, Math.max(0, at)), phone: text.slice(at < 0 ? 0 : at + BETWEEN.length) }
}
