/** Off the paths the crow does not fly. */
export const DETOUR = 1.3
