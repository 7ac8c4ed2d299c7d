import { Plan } from './plan.tsx'

type GroundProps = {
  /** Turned the way its owner moves; otherwise north is up. */
  readonly isHeadingUp?: boolean
}

/** Where everybody is: the route, its kilometres and the people, always; a map beneath them when there is one. */
export const Ground = (_: GroundProps) => <Plan />
