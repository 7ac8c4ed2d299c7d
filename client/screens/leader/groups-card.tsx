import { useState } from 'preact/hooks'
import { takesPart } from '../../../shared/run/roles.ts'
import type { Group, Member } from '../../../shared/run/state.ts'
import { NAME_MAX } from '../../../shared/run/words.ts'
import { type GroupId, type MemberId, MINUTE_MS } from '../../../shared/units.ts'
import { newId } from '../../net/new-id.ts'
import { type GroupLine, groupsOverview, paceFromText } from '../../state/groups.ts'
import { isCrowd } from '../../state/head-count.ts'
import { membersOf, nameOf } from '../../state/people.ts'
import { Field } from '../parts/field.tsx'
import { SelectOne } from '../parts/select-one.tsx'
import { type Run, useRun } from '../run/running.ts'
import { ageText, distanceText, joined, kmText, paceText, t } from '../texts.ts'

const NEW_COLOUR = '#2266cc'
/** Nearer to its plan than this a group runs as planned. */
const ON_PLAN_MS = MINUTE_MS
const OFFERED_MAX = 300

/** Each group in a line, and folded away what it is to be: also in the middle of the run. */
export function GroupsCard() {
  const run = useRun()
  const { view, nowMs, mine } = run
  if (mine?.role !== 'leader' || view.run.head.phase === 'ended' || !isCrowd(view)) return null
  const lines = groupsOverview(view, nowMs)
  return (
    <details class="card" open={lines.length > 0}>
      <summary>{t.groups.heading}</summary>
      {lines.length === 0 && <p class="hint">{t.groups.none}</p>}
      <ul class="list">
        {lines.map((line) => (
          <li key={line.group.groupId}>
            <Line line={line} run={run} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{t.groups.add}</summary>
        <GroupForm key={lines.length} group={null} name="" />
      </details>
    </details>
  )
}

function Line({ line, run }: { readonly line: GroupLine; readonly run: Run }) {
  // Sixty forms with thousands of names are not drawn each second.
  const [isOpen, setOpen] = useState(false)
  const { group, name } = line
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>
          <span aria-hidden="true" style={{ color: group.colour }}>
            ●
          </span>{' '}
          <strong>{name}</strong> <small>{lineText(line, run)}</small>
        </span>
      </summary>
      {isOpen && <GroupForm group={group} name={name} />}
      {isOpen && <AddMember groupId={group.groupId} />}
    </details>
  )
}

function lineText(line: GroupLine, { view }: Run): string {
  const { group, outCount, count, unheardCount, paceMps, spreadM, last, behindPlanMs } = line
  const plan = group.targetPaceMps === null ? null : paceText(group.targetPaceMps)
  return joined([
    t.groups.out(outCount, count),
    unheardCount > 0 && t.groups.unheard(unheardCount),
    paceMps !== null ? t.groups.pace(paceText(paceMps), plan) : plan && t.groups.planned(plan),
    behindPlanMs !== null && behindPlanMs > ON_PLAN_MS && t.groups.behindPlan(ageText(behindPlanMs)),
    behindPlanMs !== null && behindPlanMs < -ON_PLAN_MS && t.groups.aheadOfPlan(ageText(-behindPlanMs)),
    spreadM !== null && outCount > 1 && t.groups.spread(distanceText(spreadM)),
    last && outCount > 1 && t.groups.last(nameOf(view, last.memberId), kmText(last.atM)),
  ])
}

function GroupForm({ group, name }: { readonly group: Group | null; readonly name: string }) {
  const { view, wish, notice } = useRun()
  const [typed, setTyped] = useState(name)
  const [colour, setColour] = useState(group?.colour ?? NEW_COLOUR)
  const [pace, setPace] = useState(
    group?.targetPaceMps == null ? '' : (paceText(group.targetPaceMps).split(' ')[0] ?? ''),
  )
  const [leaderId, setLeaderId] = useState(group?.leaderId ?? null)
  const [backMarkerId, setBackMarkerId] = useState(group?.backMarkerId ?? null)
  const people = membersOf(view).filter(({ role, groupId }) => takesPart(role) && groupId === group?.groupId)

  const save = (event: Event) => {
    event.preventDefault()
    if (typed.trim() === '') return
    const targetPaceMps = pace.trim() === '' ? null : paceFromText(pace)
    if (pace.trim() !== '' && targetPaceMps === null) {
      notice.value = t.groups.targetWrong
      return
    }
    const about = { name: typed.trim(), colour, targetPaceMps }
    void wish(
      group
        ? { type: 'change-group', groupId: group.groupId, leaderId, backMarkerId, ...about }
        : { type: 'add-group', groupId: newId<GroupId>('grp'), ...about },
    )
  }
  return (
    <form onSubmit={save}>
      <Field label={t.groups.name} value={typed} maxLength={NAME_MAX} onText={setTyped} />
      <Field label={t.groups.colour} class="short" type="color" value={colour} onText={setColour} />
      <Field label={t.groups.target} class="short" value={pace} onText={setPace} />
      {group && (
        <>
          <Choose label={t.groups.leader} people={people} chosen={leaderId} onChoose={setLeaderId} />
          <Choose label={t.groups.backMarker} people={people} chosen={backMarkerId} onChoose={setBackMarkerId} />
        </>
      )}
      <button type="submit">{group ? t.groups.save : t.groups.add}</button>
    </form>
  )
}

type ChooseProps = {
  readonly label: string
  readonly people: readonly Member[]
  readonly chosen: MemberId | null
  readonly onChoose: (memberId: MemberId | null) => void
}

function Choose({ label, people, chosen, onChoose }: ChooseProps) {
  const { view } = useRun()
  const others = chosen !== null && !people.some(({ memberId }) => memberId === chosen) ? [chosen] : []
  return (
    <SelectOne
      label={label}
      none={t.groups.nobody}
      all={[...others, ...people.map(({ memberId }) => memberId)].map((memberId) => [memberId, nameOf(view, memberId)])}
      chosen={chosen}
      onChoose={onChoose}
    />
  )
}

/** Whoever takes part and is in another group, or in none: those first. */
function AddMember({ groupId }: { readonly groupId: GroupId }) {
  const { view, wish } = useRun()
  const others = membersOf(view)
    .filter((member) => takesPart(member.role) && member.groupId !== groupId)
    .sort((a, b) => Number(a.groupId !== null) - Number(b.groupId !== null))
    .slice(0, OFFERED_MAX)
  if (others.length === 0) return null
  const add = (memberId: MemberId | null) => {
    const member = others.find((each) => each.memberId === memberId)
    if (member) void wish({ type: 'change-member', memberId: member.memberId, role: member.role, groupId })
  }
  return (
    <SelectOne
      label={t.groups.addMember}
      none={t.groups.choose}
      all={others.map(({ memberId }) => [memberId, nameOf(view, memberId)])}
      chosen={null}
      onChoose={add}
    />
  )
}
