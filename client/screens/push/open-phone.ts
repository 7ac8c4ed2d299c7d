import { signal } from '@preact/signals'
import type { Phone } from '../../net/phone.ts'

/** The phone of the run that is open, for what stands outside of its page. */
export const openPhone = signal<Pick<Phone, 'traffic' | 'nowMs'> | null>(null)
