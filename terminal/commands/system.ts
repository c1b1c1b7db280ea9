/** The emulated operating system: what the kubelets report to the API server is what `uname` says. */
export { KERNEL_RELEASE, KERNEL_VERSION } from '../../emulator/index.ts'

export const UBUNTU = 'Ubuntu 24.04.3 LTS'
