kubectl label pod ${app}-${suffix} app-
