/**
 * A map whose `set` and `delete` return a new map and copy about forty entries, not six thousand:
 * a run's state is replaced at each event, and a half marathon has 6,000 members.
 *
 * Two levels of 32 by a hash of the key (Bagwell 2001, "Ideal Hash Trees", cut to a fixed depth);
 * leaves are kept sorted by key, so that equal contents are equal structures whatever the history.
 */
type Leaf<V> = readonly (readonly [key: string, value: V])[]
type Branch<V> = readonly (Leaf<V> | undefined)[]

const WIDTH = 32

export class PersistentMap<K extends string, V> {
  readonly size: number
  private readonly branches: readonly (Branch<V> | undefined)[]

  private constructor(size: number, branches: readonly (Branch<V> | undefined)[]) {
    this.size = size
    this.branches = branches
  }

  static empty<K extends string, V>(): PersistentMap<K, V> {
    return new PersistentMap<K, V>(0, new Array(WIDTH).fill(undefined))
  }

  static from<K extends string, V>(entries: Iterable<readonly [K, V]>): PersistentMap<K, V> {
    let map = PersistentMap.empty<K, V>()
    for (const [key, value] of entries) map = map.set(key, value)
    return map
  }

  get(key: K): V | undefined {
    const hash = hashOf(key)
    return this.branches[hash % WIDTH]?.[(hash >>> 5) % WIDTH]?.find(([each]) => each === key)?.[1]
  }

  has(key: K): boolean {
    return this.get(key) !== undefined
  }

  set(key: K, value: V): PersistentMap<K, V> {
    const without = this.leafOf(key).filter(([each]) => each !== key)
    const at = without.findIndex(([each]) => each > key)
    const leaf = at < 0 ? [...without, [key, value] as const] : without.toSpliced(at, 0, [key, value])
    return this.replaceLeaf(key, leaf)
  }

  delete(key: K): PersistentMap<K, V> {
    if (!this.has(key)) return this
    return this.replaceLeaf(
      key,
      this.leafOf(key).filter(([each]) => each !== key),
    )
  }

  /** In the order of the hash: sort by a field of the values where order is shown. */
  *values(): Generator<V> {
    for (const branch of this.branches)
      if (branch) for (const leaf of branch) if (leaf) for (const [, value] of leaf) yield value
  }

  filter(keep: (value: V) => boolean): PersistentMap<K, V> {
    let size = 0
    const branches = this.branches.map((branch) => {
      const kept = branch?.map((leaf) => {
        const some = leaf?.filter(([, value]) => keep(value)) ?? []
        size += some.length
        return some.length > 0 ? some : undefined
      })
      return kept?.some((leaf) => leaf !== undefined) ? kept : undefined
    })
    return new PersistentMap<K, V>(size, branches)
  }

  /** The same keys with other values. */
  map<W>(change: (value: V) => W): PersistentMap<K, W> {
    const branches = this.branches.map((branch) =>
      branch?.map((leaf) => leaf?.map(([key, value]) => [key, change(value)] as const)),
    )
    return new PersistentMap<K, W>(this.size, branches)
  }

  private leafOf(key: K): Leaf<V> {
    const hash = hashOf(key)
    return this.branches[hash % WIDTH]?.[(hash >>> 5) % WIDTH] ?? []
  }

  private replaceLeaf(key: K, leaf: Leaf<V>): PersistentMap<K, V> {
    const hash = hashOf(key)
    const grown = leaf.length - this.leafOf(key).length
    const branch = (this.branches[hash % WIDTH] ?? new Array<Leaf<V> | undefined>(WIDTH).fill(undefined)).with(
      (hash >>> 5) % WIDTH,
      leaf.length > 0 ? leaf : undefined,
    )
    const emptied = branch.every((each) => each === undefined)
    return new PersistentMap<K, V>(this.size + grown, this.branches.with(hash % WIDTH, emptied ? undefined : branch))
  }
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
