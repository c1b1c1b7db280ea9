/** What every node of the emulated world is made of; containers see it under /proc. */
export const NODE_CPUS = 2
export const NODE_MEMORY_KIB = 4_018_128
export const NODE_DISK_KIB = 19_221_248
export const KERNEL_RELEASE = '6.8.0-90-generic'
export const KERNEL_VERSION = '#91-Ubuntu SMP PREEMPT_DYNAMIC Tue Nov 18 14:14:30 UTC 2025'
/** How long nodes have been up when a container sees them first. */
export const UPTIME_SECONDS = 345_600
