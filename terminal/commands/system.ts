/** The emulated operating system: what the kubelets report to the API server is what `uname` says. */
export const KERNEL_RELEASE = '6.8.0-90-generic'
export const KERNEL_VERSION = '#91-Ubuntu SMP PREEMPT_DYNAMIC Tue Nov 18 14:14:30 UTC 2025'
export const UBUNTU = 'Ubuntu 24.04.3 LTS'
