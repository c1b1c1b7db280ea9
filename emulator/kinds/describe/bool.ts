/** `True`, `False`, or `<unset>` for an absent one (upstream: describe.go printBoolPtr). */
export const boolPointerText = (value: boolean | undefined): string =>
  value === undefined ? '<unset>' : value ? 'True' : 'False'
