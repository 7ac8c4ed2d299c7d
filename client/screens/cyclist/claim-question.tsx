import { type ClaimQuestion, claimQuestions } from '../../state/claim-questions.ts'
import { MetQuestion } from '../parts/met-question.tsx'
import { useRun } from '../run/running.ts'
import { aboutText } from '../runner/life-text.ts'
import { piecesText, t, wayText } from '../texts.ts'

/** What the two of a claim, and whoever may take it over, are asked; whatever screen is open. */
export function ClaimQuestions() {
  const { view, nowMs } = useRun()
  return claimQuestions(view, nowMs).map((question) => (
    <div key={`${question.is} ${question.request.requestId}`} class="card notice" role="status">
      <Question question={question} />
    </div>
  ))
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
    case 'near-wish': {
      const way = question.way && wayText(question.way)
      return <p>{t.claims.nearWish(question.runner, piecesText(kind, quantity), way)}</p>
    }
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
