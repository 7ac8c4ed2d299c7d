import { takesPart } from '../../../shared/run/roles.ts'
import { messagesOf } from '../../state/messages.ts'
import { sharingOf } from '../../state/sharing.ts'
import { DataUsed, PushCard } from '../push/later.tsx'
import { useRun } from '../run/running.ts'
import { ageText, t } from '../texts.ts'
import {
  AboutMe,
  AlertsCard,
  CueSwitch,
  DrinkCard,
  HeadCountCard,
  MyFigures,
  MyGoal,
  MyRequests,
  PocketByItself,
  RegroupAnswers,
  SoFar,
} from './later.tsx'
import { PauseAndStop } from './pause-and-stop.tsx'
import { RequestTargets } from './request-targets.tsx'
import { SharingCard } from './sharing-card.tsx'
import { UsualForm } from './usual-form.tsx'

/** Everything about oneself: sharing, asking, pausing, stopping. */
export function AskScreen() {
  const { view, mine, kept, locating } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  if (!takesPart(mine.role)) return null
  const isOver = view.run.head.phase === 'ended'
  // Who shares and is located wants to ask first; what hinders it stands on top.
  const hasStopped = mine.status === 'stopped'
  // Who pauses may forget it.
  const isAway = hasStopped || mine.status === 'paused'
  const isGoingWell = !isOver && sharingOf(view) === 'on' && locating.value.is !== 'trouble'
  return (
    <>
      {!isOver && !isGoingWell && !kept.isDemo && <SharingCard />}
      {isAway && !isOver && <PauseAndStop />}
      {!isOver && !hasStopped && mine.role !== 'cyclist' && <RegroupAnswers />}
      {hasStopped && <SoFar />}
      {mine.role === 'runner' && <AlertsCard />}
      {/* Before the figures and what was asked for, which come later: nothing pushes them from under a thumb, nor lies there. */}
      {!isOver && !hasStopped && <RequestTargets />}
      <MyRequests />
      {!isOver && !hasStopped && mine.role !== 'cyclist' && <MyFigures />}
      <MyRequests isOver />
      {!isOver && !isAway && <PauseAndStop />}
      {!isOver && !hasStopped && mine.role !== 'cyclist' && <DrinkCard />}
      {isGoingWell && !kept.isDemo && <SharingCard />}
      {mine.role !== 'leader' && <HeadCountCard />}
      {!isOver && mine.usual && <UsualForm />}
      {!isOver && mine.role !== 'cyclist' && <MyGoal />}
      {!isOver && <CueSwitch />}
      {!isOver && mine.role === 'runner' && <PocketByItself />}
      {!isOver && <PushCard />}
      {!hasStopped && <SoFar />}
      <Messages />
      <AboutMe />
      <DataUsed />
    </>
  )
}

function Messages() {
  const { view, nowMs } = useRun()
  const messages = messagesOf(view).filter(({ text }) => text !== '')
  if (messages.length === 0) return null
  return (
    <details class="card">
      <summary>
        {t.messages.earlier} ({messages.length})
      </summary>
      <ul class="list">
        {messages.map(({ messageId, text, by, atMs }) => (
          <li key={messageId}>
            <small>
              {by}, {t.age.ago(ageText(Math.max(0, nowMs - atMs)))}
            </small>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
