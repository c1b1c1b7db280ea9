import { PROCESSORS } from './memory.ts'
import { onMachine } from './on-machine.ts'

export const nproc = onMachine('nproc', 'Show how many processors there are', ({ out }) => {
  out(`${PROCESSORS}\n`)
  return 0
})

export const lscpu = onMachine('lscpu', 'Describe the processors', ({ out }) => {
  out(`Architecture:             x86_64
  CPU op-mode(s):         32-bit, 64-bit
  Address sizes:          48 bits physical, 48 bits virtual
  Byte Order:             Little Endian
CPU(s):                   ${PROCESSORS}
  On-line CPU(s) list:    0,1
Vendor ID:                GenuineIntel
  Model name:             Intel(R) Xeon(R) Processor
    CPU family:           6
    Model:                85
    Thread(s) per core:   1
    Core(s) per socket:   2
    Socket(s):            1
    Stepping:             7
    BogoMIPS:             4999.99
Virtualization features:  
  Hypervisor vendor:      KVM
  Virtualization type:    full
NUMA:                     
  NUMA node(s):           1
  NUMA node0 CPU(s):      0,1
`)
  return 0
})
