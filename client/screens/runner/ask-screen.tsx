import { takesPart } from '../../../shared/run/roles.ts'
import { messagesOf } from '../../state/messages.ts'
import { myRequests } from '../../state/my-requests.ts'
import { sharingOf } from '../../state/sharing.ts'
import { SoFar } from '../after/so-far.tsx'
import { AlertsCard } from '../pack/alerts-card.tsx'
import { HeadCountCard } from '../pack/head-count-card.tsx'
import { PocketByItself } from '../pocket/pocket-button.tsx'
import { DataUsed, PushCard } from '../push/later.tsx'
import { useRun } from '../run/running.ts'
import { CueSwitch } from '../run/spoken-cues.tsx'
import { ageText, t } from '../texts.ts'
import { AboutMe } from './about-me.tsx'
import { DrinkCard } from './drink-card.tsx'
import { MyFigures, MyGoal } from './figures.tsx'
import { MyRequestCard } from './my-request-card.tsx'
import { PauseAndStop } from './pause-and-stop.tsx'
import { RegroupAnswers } from './regroup-answer.tsx'
import { RequestTargets } from './request-targets.tsx'
import { SharingCard } from './sharing-card.tsx'
import { UsualForm } from './usual-form.tsx'

/** Everything about oneself: sharing, asking, pausing, stopping. */
export function AskScreen() {
  const { view, nowMs, mine, kept, locating } = useRun()
  if (!mine) return <p role="status">{t.common.loading}</p>
  if (!takesPart(mine.role)) return null
  const requests = myRequests(view, nowMs)
  const isOver = view.run.head.phase === 'ended'
  // Who shares and is located wants to ask first; what hinders it stands on top.
  const hasStopped = mine.status === 'stopped'
  const isGoingWell = !isOver && sharingOf(view) === 'on' && locating.value.is !== 'trouble'
  return (
    <>
      {!isOver && !isGoingWell && !kept.isDemo && <SharingCard />}
      {!isOver && mine.role !== 'cyclist' && <RegroupAnswers />}
      {hasStopped && !isOver && <PauseAndStop />}
      {mine.role === 'runner' && <AlertsCard />}
      {!isOver && !hasStopped && mine.role !== 'cyclist' && <MyFigures />}
      {!isOver && !hasStopped && <RequestTargets />}
      {requests.length > 0 && (
        <section class="lives" aria-label={t.ask.mine}>
          {requests.map((request) => (
            <MyRequestCard key={request.requestId} request={request} />
          ))}
        </section>
      )}
      {!isOver && !hasStopped && <PauseAndStop />}
      {!isOver && !hasStopped && mine.role !== 'cyclist' && <DrinkCard />}
      {isGoingWell && !kept.isDemo && <SharingCard />}
      {mine.role !== 'leader' && <HeadCountCard />}
      {!isOver && mine.usual && <UsualForm />}
      {!isOver && mine.role !== 'cyclist' && <MyGoal />}
      {!isOver && <CueSwitch />}
      {!isOver && mine.role === 'runner' && <PocketByItself />}
      {!isOver && <PushCard />}
      <SoFar />
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
