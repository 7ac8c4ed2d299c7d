import type { ComponentChildren } from 'preact'

type ChoiceProps<Value> = {
  readonly legend: string
  readonly all: readonly Value[]
  /** Left out where a tap does something at once. */
  readonly chosen?: Value | null
  readonly text: (value: Value) => ComponentChildren
  readonly onChoose: (value: Value) => void
}

/** One of a few, a button each. */
export function Choice<Value extends string | number>({ legend, all, chosen, text, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {all.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === undefined ? undefined : value === chosen}
          onClick={() => onChoose(value)}
        >
          {text(value)}
        </button>
      ))}
    </fieldset>
  )
}
