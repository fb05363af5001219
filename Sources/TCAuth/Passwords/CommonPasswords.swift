/// The passwords that are guessed first.
///
/// The words that two lists of the most common passwords, made apart from leaks of different years, have
/// in common: that of John the Ripper (to 2011, in the public domain) and that behind zxcvbn (to 2016);
/// and what has headed the yearly lists since, with the seasons and months that people number. Slurs
/// are left out. Digits and signs at the ends are not kept, since `PasswordPolicy` drops them before
/// it looks here.
enum CommonPasswords {
    /// Small letters; a dozen kilobytes.
    static let words = """
        11111111 11235813 12345678 123456789 1234567890 12345678910 123qweasd 147258369 147852369
        159753456 1q2w3e4r5t 1qaz2wsx 1qazxsw2 741852963 789456123 a123456789 a1b2c a1b2c3d a2b3c
        aa123456 aa12345678 aaliyah aardvark abacab abc12345 abcd absolut access accord action acura
        adidas admin administrator adrock airborne airwolf alaska alex alexandr alexis alice aliens
        allegro allstate aloha alpha alpine altima amanda amelie america amigas amigos amistad
        amorcito amores amour anaconda andre andrea andreea andrei andrew andromeda angel angelito
        angels angie angus animal anneli antares anthony apache apollo apple applepie apples april
        aptiva aquarius aragorn arizona arrow arsenal artemis asd123asd asdf asdfasdf asdfg asdfgh
        asdfghjk asdfghjkl asdfjkl ashley aspen asshole assmunch asterix attila august austin autumn
        avalon avatar avenger awesome azerty babes babyblue babyboo babyboy babydoll babyface
        babygirl babygurl babylon babylove badboy badger badgirl baller bambam bamboo banana bananas
        bandit baraka barbie barcelona barney bartman baseball basket basketball bastard batman
        bball beaches beagle beaner beanie bear bears beast beasty beatles beauty beaver beavis
        becca beckham beer belize belmont benfica benji beowulf berlin bestfriend bettyboop beyonce
        bharat bichon bigal bigben bigbird bigboss bigdog biggles bigmac bigman bigred biker bilbo
        billabong billy bimmer bingo binky biochem bird birdie birdy biscuit bismillah bitch biteme
        blabla blackjack blahblah blazer blessed blessing blink blitz blizzard blonde blondie
        blowfish blowjob blowme blue bluebird blueeyes bluefish bluejean blues bluesky bobcat bogart
        bogey bombay bond bonjour bonzo boobie booboo booger boogie boomer booster boots bootsie
        bosco boston boulder bowwow boxer boxers bozo brandon brandy braves brazil britney broker
        bronco bronte brooklyn brutus bubba bubble bubblegum bubbles buddha buddy budgie buffalo
        buffett bugsy bull bulldog bullet bulls bullshit bunny buster butch butter buttercup
        butterfly butthead buttons byteme c00per cactus caesar calgary calvin camaro camel cameron
        canada cancer cannondale canon cantik capricorn captain cardinal carebear carlitos carnage
        carol carolina carrot casper cassie catch catdog catfish catnip cats catwoman celica celine
        celtic celtics cement cent cessna chainsaw champion champs changeit changeme chaos charger
        charlie charmed cheese chelsea cherry chester chevy cheyenne chiara chicago chichi chicken
        chico chiefs chinacat chinook chivas chocolat chris chrisbrown christ christia christin
        chronos chubby cicero cinder cindy cirrus clancy clapton clipper cobain cobra cocacola
        coffee coke colombia colorado colors colt coltrane comet company compaq computer concorde
        connect connor contrasena cookie cookies coolbean coolness cooter copper corona corrado
        corvette cosmo cosmos cougar cougars covid cowboy cowboys coyote crack cracker creative
        crescent cricket cruise crusader cthulhu cuddles cuervo cunt cupcake cutiepie cutlass cyber
        cyclone cyrano daddy daddysgirl daedalus dagger daisie dakota dallas dammit dancer daniel
        dark darkangel darkman darkness darkstar dasha david davids daytek deadhead december
        deeznuts default delete delfin delta demo denali depeche desert deskjet destiny detroit
        deutsch devil dexter dharma diablo diamond diamonds dickhead diesel digger digital dilbert
        dillweed dinamo dipper disco disney doctor dodger dodgers dogbert doggy doitnow dollar
        dolphin dolphins domino donkey dontknow doogie dookie dougie dragon dragonfly dreamer dreams
        driver drowssap duck duckie dumbass dundee dutchess eagle eagles eclipse eeyore eieio
        einstein electric element elephant emerald eminem empire engage england enigma enter
        enterprise entropy eric ernie escort etoile excalibur explorer express facebook fairview
        falcon familia family farout farside fatboy fearless february fender fenris ferrari ferret
        figaro fire fireball firebird fireman firenze fish fishes fishhead fishie fishing flamingo
        flash fletch flipper florida flower fluffy flyboy flyer foobar football forest forever
        fortnite foxtrot fozzie france franka freak freddy freebird freedom french friday friendster
        frisco frodo frog froggie froggies froggy frogs front frontier fubar fucker fuckface fuckme
        fuckoff fucku fuckyou fugazi funguy funtime gabriell galaxy galileo gambit gambler gandalf
        gangsta gangster garden garfield gargoyle gasman gateway gatita gatito gator gemini genesis
        genius george germany geronimo getout ghost giants gilgamesh gilles ginger gizmo glitter
        gmoney goat goaway goblin goblue godiva godzilla goethe gofish goforit goku golden goldfish
        golf golfer gollum goober goodluck goofy google goose gopher gramps gravis greenday gremlin
        gretzky grizzly groovy grumpy guest guinness guitar gumby gundam gunner h2opolo hacker
        haggis hallo hamlet hammer hannah hansolo happy happyday hardcore harley harrypotter haslo
        hawaii hawkeye hearts heather heaven hedgehog hello hellokitty help helper helpme hendrix
        hermes hermosa hershey heythere highland hiphop hithere hobbes hobbit hockey hola holiday
        homebrew homerj honda hongkong hoops hoosier hootie horizon hornet horse horses hosehead
        hotdog hotrod hotstuff hottie hummer hunter huskies ib6ub ibanez icecream iceman idontknow
        iforget iguana ihateyou ilovegod ilovehim ilovejesus iloveme iloveu iloveyou imissyou impala
        india indiana indigo indonesia inlove insane integra internet intrepid inuyasha iomega irina
        ironman italia iubire iverson jackass jackie jaguar jamaica james jamesbond january jasmine
        jason jasper jayden jedi jeepster jeffrey jenny jesse jessica jester jesus jesuschrist
        jethro jetta jewels jimbo jimbob johanna john johncena joker jordan joshua jubilee juhani
        julie julien july jumanji jumbo june junebug junior juniper jupiter justdoit justice justin
        justme juventus kangaroo karen karina katerina katie keeper keepout keith kelly kevin killer
        kingfish kisses kissme kitkat kitten kitty kittycat kiwi kleenex knicks koala kombat labtec
        lacrosse laddie ladybug lakers lambda lamer larry laser laserjet ledzep legend legolas
        lestat letmein lexus liberty libra lights lilmama linkinpark lionking liverpool lizard lizzy
        logger login loislane loki lolipop lollipop lollypop london lonestar longhorn loser lotus
        love lovebug lovely loveme lover loverboy lovers loveu loveya loveyou lozinka lucifer lucky
        m1911a macintosh macross madalina maddie maddog madison madmax madoka madonna maganda maggie
        magic magnum mahal mahalkita mahalko maiden mailman makeitso malibu mallard mamita
        manchester manson mantra manutd marathon march maria marie marina marine mariner marino
        mariposa mark marlboro marley martin maryjane master matrix matthew maverick maxime maxwell
        mayday mazda meatloaf mechanic meggie meister mellon memphis mensuck mercedes mercury merlin
        merlot mermaid metallic metallica mexico miami miamor michael michel michelle michigan
        michou mickey micro microsoft midnight midori midway mierda mikael mike mikey milano
        millenium minecraft minou mirage mishka mmouse mobydick modem mojo molly molson mommy monday
        money monkey monkeys monopoly monster montana montreal montrose moocow mookie moomoo
        moonbeam moose mopar moroni morpheus mortimer motdepasse mother motorola mountain mouse
        mowgli mozart muffin mulder munchkin muscle musica mustang mybaby mylife mylove myspace
        naruto nascar natasha nautica ncc1701d ncc1701e nebraska nemesis nermal nestle netware
        neutrino newlife newpass newuser newyork nexus nicklaus nicole nightshade nightwing nike
        nikita nimrod niners nintendo nirvana nissan nisse nokia nomore none nopass notebook notused
        novell november noway nugget number nutmeg oatmeal obiwan october office ohshit oicu oliver
        olivier omega onelove onepiece online openup opus orange oranges orchid oreo orion otter
        overkill oxford ozzy p455w0rd pacers packard packer packers packrat paladin paloma pancake
        panda pandora panget pangit pantera panther panthers paradigm paris parola parrot pascal
        pass passion passw0rd passwd password passwords passwort patches patriots pavel peach
        peaches peanut peanuts pearljam pebbles pedro peewee pencil penguin pentium pepper pepsi
        performa peter peterk peterpan petunia phantom phialpha philips phish phishy phoenix piano
        pianoman pianos picard picasso pickle pigeon piglet pimpin pineapple pink pinkfloyd pinky
        pioneer pipeline piper pirate pisces pizza planet plato playboy player playgirl pluto
        pogiako poiuyt pokemon polaris police pollito polo pontiac poohbear pookey pookie poop
        poopoo popcorn popeye poppy porsche portland portugal preciosa precious predator prelude
        primus prince princesa princess psalms psycho puddin pulsar pumpkin punkin puppies puppy
        purple pussy pussycat pyramid python q1w2e q1w2e3r q1w2e3r4t5 q2w3e q2w3e4r qaz2wsx qazwsx
        qazwsxedc quest qw23e qwaszx qwe123456 qwe123qwe qwer qwert qwerty qwertyui qwertyuiop
        qwertz rabbit racer racerx racoon rafiki raiders rainbow raistlin rambo rancid random randy
        ranger rangers raptor rascal rasta raven ravens rebelde redcloud reddog redfish redman
        redrum redskins redsox redwing redwood reggae reliant renegade reptile rescue reznor rhino
        ricardo richard ripper ripple roadrunner robert robinhood roblox robocop robotech robotics
        rocket rockie rocknroll rockon rocky rodeo roger rolex rommel ronaldo rookie root rootbeer
        rosebud route rugger runner sabbath safety saigon sailing sailor sakura salasana salmon
        salut samantha samiam samson samsung sanjose saphire sapphire sarah saskia sassy sasuke
        satori saturday saturn sayang scarface scarlet scooby scoobydoo scooter scorpio scorpion
        scotch scotland scott scotty scout scrooge scruffy scuba seattle secret security seeker
        senha september sergei sergey server seven sexy sexybitch sexygirl sexymama sexyme shadow
        shaggy shalom shanny shaolin shark shasta shazam shelby shithead shogun shorty shotgun
        sidekick sierra sigmachi silver simba simple simpsons sinatra sirius skate skater skeeter
        skibum skidoo skiing skipper skippy skittles skunk skydive skyler skyline skywalker slacker
        slayer sleepy slick slider slipknot smashing smegma smile smiles smiley smiths smitty smoke
        smokey smurfy snake snakes snapper snapple snickers sniper snoop snoopdog snoopy snowball
        snowflake snowman snuffy sober soccer softball soleil sonic sonics sony sophie spanky
        sparkle sparky spartan speedo speedy spider spiderman spike spirit spitfire spock sponge
        spongebob spooky spring sprite sprocket spunky spurs squash star starbuck stargate starlight
        starter startrek starwars stealth steaua steelers steph stephani steve steven stimpy sting
        stingray stinky stocks storm stormy stranger strat strato strawberry stud stumpy stupid
        success sucker suckme sugar sultan summer summit sunbird sundance sunday sunfire sunflower
        sunny sunrise sunset sunshine super superfly superman superstar supra surf surfer surfing
        susan suzuki sverige sweet sweetness sweetpea sweets sweety swimmer swimming swoosh
        swordfish sydney tacobell taffy talon tango target tarheel tarzan tattoo taurus tazdevil
        tazmania tbird teacher teamo techno teddy teddybear teflon teiubesc telecom temp tennis
        tequiero tequila terry test tester testing thankyou thebest theboss theend theking thisisit
        thumper thunder thunderbird thursday tiger tigers tigger tightend tigre timber tinker
        tinkerbell tintin tokiohotel tomcat tootsie topcat topgun topher tornado toronto toshiba
        toucan toyota trapper travel treasure trebor trek tricky trident trinity triton trixie
        trojan trombone trouble truck trucker truelove trumpet trustno tucson tuesday turbo turtle
        tweety twilight twinkle tyler ultimate undead undertaker unicorn user utopia vacation vader
        valentin valentina valhalla vampire vanilla vedder velvet vermont vette victor victory
        viking vincent violin viper virago visa vision volley volvo voodoo vortex voyager wachtwoord
        walleye wanker warcraft warlock warrior warriors water waterloo wayne weasel webmaster
        wednesday weezer welcome wendy westlife westside whatever wheels whisky whocares wibble
        wildcat william willow windows windsurf winner winston winter wisdom wizard wolf wolfgang
        wolverine wolves wombat woody woofwoof wordpass work wrangler xanadu xanth xavier xbox
        xcountry xfiles yamaha yankee yankees yellow yoda yogibear yomama yourmom zaphod zaq12wsx
        zaq1xsw2 zebra zebras zenith zephyr zeppelin zepplin zeus zhongguo ziggy zigzag zoltan
        zombie zoomer zorro zxcvbn zxcvbnm
        """
}
