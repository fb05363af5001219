import TCCommands

TC.launch()
