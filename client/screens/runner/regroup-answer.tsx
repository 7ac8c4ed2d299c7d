import { type RegroupAnswer, regroupAnswers } from '../../../shared/run/regroup.ts'
import type { RegroupId } from '../../../shared/units.ts'
import { openRegroups, regroupView } from '../../state/regroup.ts'
import { placeOfRegroup } from '../leader/regroup-card.tsx'
import { useRun } from '../run/running.ts'
import { atText, t } from '../texts.ts'

/** Where I am called to, when I am there at my pace, and my answer in one tap; once given it folds away. */
export function RegroupAnswers() {
  const run = useRun()
  const { view, nowMs, outlook } = run
  const called = openRegroups(view)
    .map((regroup) => regroupView(view, regroup, outlook.value.pack, nowMs))
    .filter(({ isForMe }) => isForMe)
  return (
    <>
      {called.map((one) => {
        const { regroupId } = one.regroup
        const { myAnswer } = one
        const eta = myAnswer === 'not-coming' ? null : one.comers.find(({ memberId }) => memberId === view.myId)?.eta
        const where = (
          <>
            <strong>{placeOfRegroup(run, one)}</strong> {eta && t.regroup.youAbout(atText(eta, nowMs))}
          </>
        )
        return myAnswer === null ? (
          <section key={regroupId} class="card notice" aria-label={t.regroup.heading}>
            <p>{where}</p>
            <Answers regroupId={regroupId} myAnswer={null} />
          </section>
        ) : (
          <details key={regroupId} class="card">
            <summary>
              <span>
                {where} <small>{t.regroup.answers[myAnswer]}</small>
              </span>
            </summary>
            <Answers regroupId={regroupId} myAnswer={myAnswer} />
          </details>
        )
      })}
    </>
  )
}

type AnswersProps = { readonly regroupId: RegroupId; readonly myAnswer: RegroupAnswer | null }

function Answers({ regroupId, myAnswer }: AnswersProps) {
  const { wish } = useRun()
  return (
    <fieldset class="choice" aria-label={t.regroup.heading}>
      {regroupAnswers.map((answer) => (
        <button
          key={answer}
          type="button"
          aria-pressed={myAnswer === answer}
          onClick={() => void wish({ type: 'answer-regroup', regroupId, answer })}
        >
          {t.regroup.answers[answer]}
        </button>
      ))}
    </fieldset>
  )
}
