/** A text that stands on the internet, for `kubectl apply -f https://…` and curl. */
export interface InternetDocument {
  /** Host and path: `raw.githubusercontent.com/metallb/metallb/v0.15.2/config/manifests/metallb-native.yaml`. */
  readonly address: string | RegExp
  /** Made when asked for, for the address that was. */
  text(address: string): string
}

/** Identity with types. */
export const defineDocument = (document: InternetDocument): InternetDocument => Object.freeze(document)
