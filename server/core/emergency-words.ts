import { contactText, type EmergencyContact } from '../../shared/run/emergency.ts'
import { type Word, wordKey } from '../../shared/run/words.ts'
import type { MemberId } from '../../shared/units.ts'

/** MB21: words without text delete what was there. */
export const emergencyWords = (memberId: MemberId, contact: EmergencyContact | null, note: string | null): Word[] => [
  { key: wordKey.emergency(memberId), ownerId: memberId, text: contact ? contactText(contact) : '' },
  { key: wordKey.medical(memberId), ownerId: memberId, text: note ?? '' },
]
