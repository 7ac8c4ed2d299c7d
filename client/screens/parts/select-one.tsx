type SelectOneProps<Value> = {
  readonly label: string
  /** With what each is called. */
  readonly all: readonly (readonly [Value, string | undefined])[]
  readonly chosen: Value | null
  /** What it is called to choose none. */
  readonly none?: string
  readonly onChoose: (value: Value | null) => void
}

/** One of many, or none. */
export function SelectOne<Value extends string>({ label, all, chosen, none, onChoose }: SelectOneProps<Value>) {
  return (
    <label>
      {label}
      <select value={chosen ?? ''} onChange={(event) => onChoose((event.currentTarget.value || null) as Value | null)}>
        {none !== undefined && <option value="">{none}</option>}
        {all.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
