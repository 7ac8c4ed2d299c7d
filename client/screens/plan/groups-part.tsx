import { NAME_MAX } from '../../../shared/run/words.ts'
import { GROUP_COLOURS, type GroupDraft } from '../../state/plan-draft.ts'
import { Field } from '../parts/field.tsx'
import { joined, t } from '../texts.ts'
import { Folded, isAt, type PartProps, TroubleAt } from './part.tsx'

const GROUPS_MAX = 30

export function GroupsPart({ draft: { groups }, change, told }: PartProps) {
  const put = (at: number, more: Partial<GroupDraft>) =>
    change({ groups: groups.map((group, i) => (i === at ? { ...group, ...more } : group)) })
  const add = () => {
    const colour = GROUP_COLOURS[groups.length % GROUP_COLOURS.length] as string
    change({ groups: [...groups, { name: t.planning.group(groups.length + 1), colour, pace: '' }] })
  }
  return (
    <Folded heading={t.planning.groups} says={joined(groups.map(({ name }) => name))} fields={['groups']} told={told}>
      <small>{t.planning.groupsHint}</small>
      <ul class="list">
        {groups.map(({ name, colour, pace }, i) => (
          <li key={i} class="plan-group" style={{ '--group': colour }}>
            <fieldset class="stack">
              <legend class="unseen">{name}</legend>
              <Field
                label={t.planning.groupName}
                value={name}
                maxLength={NAME_MAX}
                aria-invalid={isAt(told, `groups.${i}.name`)}
                onText={(text) => put(i, { name: text })}
              >
                <TroubleAt told={told} field={`groups.${i}.name`} />
              </Field>
              <div class="row end">
                <Field
                  label={t.planning.groupPace}
                  value={pace}
                  placeholder="6:00"
                  inputMode="text"
                  maxLength={5}
                  aria-invalid={isAt(told, `groups.${i}.pace`)}
                  onText={(text) => put(i, { pace: text })}
                >
                  <TroubleAt told={told} field={`groups.${i}.pace`} />
                </Field>
                <Field
                  label={t.planning.groupColour}
                  type="color"
                  value={colour}
                  onText={(text) => put(i, { colour: text })}
                />
                <button
                  type="button"
                  class="quiet cross"
                  aria-label={t.planning.removeGroup(name)}
                  onClick={() => change({ groups: groups.filter((_, at) => at !== i) })}
                >
                  ×
                </button>
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      {groups.length < GROUPS_MAX && (
        <button type="button" onClick={add}>
          {t.planning.addGroup}
        </button>
      )}
    </Folded>
  )
}
