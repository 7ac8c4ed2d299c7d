import { type ClaimQuestion, claimQuestions } from '../../state/claim-questions.ts'
import { MetQuestion } from '../parts/met-question.tsx'
import { useRun } from '../run/running.ts'
import { aboutText } from '../runner/life-text.ts'
import { piecesText, t, wayText } from '../texts.ts'
import { NewRequest } from './new-request.tsx'

/** More are only counted. */
const NEAR_MAX = 2

/** What the two of a claim, and whoever may take it over, are asked; whatever screen is open. */
export function ClaimQuestions() {
  const { view, nowMs } = useRun()
  const all = claimQuestions(view, nowMs)
  const near = all.filter((question) => question.is === 'near-wish')
  return (
    <>
      {all
        .filter(({ is }) => is !== 'near-wish')
        .map((question) => (
          <div key={`${question.is} ${question.request.requestId}`} class="card notice" role="status">
            <Question question={question} />
          </div>
        ))}
      {near.length > 0 && <NearWishes wishes={near} />}
      <NewRequest />
    </>
  )
}

function Question({ question }: { readonly question: ClaimQuestion }) {
  const { wish } = useRun()
  const { requestId, kind, quantity } = question.request
  switch (question.is) {
    case 'met':
      return <MetQuestion question={question} />
    case 'still-coming':
      return (
        <>
          <p>
            <strong>{t.claims.stillComing(question.runner)}</strong> {piecesText(kind, quantity)}
          </p>
          <p class="hint">{t.claims.stillComingHint}</p>
          <div class="row">
            <button type="button" class="primary" onClick={() => void wish({ type: 'keep-claim', requestId })}>
              {t.claims.keep}
            </button>
            <button type="button" onClick={() => void wish({ type: 'release-request', requestId })}>
              {t.claims.giveBack}
            </button>
          </div>
        </>
      )
    case 'offer':
      return (
        <>
          <p>
            <strong>{t.claims.offer(question.runner, question.holder, aboutText(question.gainMs))}</strong>{' '}
            {piecesText(kind, quantity)}
          </p>
          <button type="button" class="primary" onClick={() => void wish({ type: 'claim-request', requestId })}>
            {t.claims.take}
          </button>
        </>
      )
    case 'near-wish':
      return null // all in one, below
    case 'assumed':
      return (
        <>
          <p>{t.claims.assumedFor(question.runner, piecesText(kind, quantity))}</p>
          <button type="button" onClick={() => void wish({ type: 'undo-assumed', requestId })}>
            {t.claims.notGiven}
          </button>
        </>
      )
  }
}

type NearWish = Extract<ClaimQuestion, { is: 'near-wish' }>

/** What nobody brings to those near, the nearest first; without a sound, and in one card however many they are. */
function NearWishes({ wishes }: { readonly wishes: readonly NearWish[] }) {
  const farM = ({ way }: NearWish) => way?.distanceM ?? Number.MAX_VALUE
  const nearest = [...wishes].sort((a, b) => farM(a) - farM(b))
  const more = nearest.length - NEAR_MAX
  return (
    <div class="card notice" role="status">
      {nearest.slice(0, NEAR_MAX).map(({ request: { requestId, kind, quantity }, runner, way }) => (
        <p key={requestId}>{t.claims.nearWish(runner, piecesText(kind, quantity), way && wayText(way))}</p>
      ))}
      <p class="hint">
        {t.claims.nearHint}
        {more > 0 && ` ${t.claims.nearMore(more)}`}
      </p>
    </div>
  )
}
