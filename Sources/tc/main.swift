import TCCommands

await TC.launch()
