/**
 * A volume cannot be set up; the kubelet reports FailedMount with this text and tries again. `volume` is the name to
 * report where it is not the Pod's own; null if the text already says all.
 */
export class MountError extends Error {
  readonly volume: string | null | undefined
  constructor(message: string, volume?: string | null) {
    super(message)
    this.volume = volume
  }
}
