import TCCommands
go()
