import { HandOverForm } from '../cyclist/hand-over-form.tsx'
import { HeadCountCard } from '../pack/head-count-card.tsx'
import { useRun } from '../run/running.ts'
import { GroupsCard } from './groups-card.tsx'
import { Guests } from './guests.tsx'
import { Messages } from './messages.tsx'
import { People } from './people.tsx'

/** Who is there: counted, grouped, written to, and each by name. */
export function LeadPeople() {
  const { view } = useRun()
  return (
    <>
      <HeadCountCard />
      <Messages />
      <People />
      <Guests />
      <GroupsCard />
      {view.run.head.phase === 'live' && <HandOverForm />}
    </>
  )
}
