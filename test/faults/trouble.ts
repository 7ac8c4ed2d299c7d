/** A broken promise as the checks report it. */
export type Trouble = {
  readonly promise: 'G1' | 'G2' | 'G3' | 'G4' | 'G6' | 'nodes'
  /** The request, fix, member or node it is about. */
  readonly about: string
  readonly what: string
}

export const troubleText = ({ promise, about, what }: Trouble): string => `${promise} ${about}: ${what}`
